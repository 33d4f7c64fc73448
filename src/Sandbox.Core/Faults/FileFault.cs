namespace Sandbox.Core.Faults;

/// <summary>Says in words why a file could not be read or written.</summary>
public static class FileFault
{
    // errno.h; .NET keeps the number of what it has no exception of its own for.
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The reason alone, as in <c>no space is left on the device</c>; the system's own words, with the path,
    /// where it is none of the usual ones.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace } => "no space is left on the device",
        IOException { HResult: QuotaExceeded } => "the disk quota is used up",
        IOException { HResult: ReadOnly } => "the file system is read-only",
        UnauthorizedAccessException => "permission is denied",
        _ => exception.Message.TrimEnd('.'),
    };

    /// <summary>What to do about it.</summary>
    public static string Remedy(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => "Make room",
        IOException { HResult: ReadOnly } or UnauthorizedAccessException => "Make the path writable",
        _ => "Mend that",
    };

    /// <summary>The system's words, which name the path, and what to do about it.</summary>
    public static string Sentence(Exception exception, string then) =>
        $"{exception.Message.Replace(" : ", ": ", StringComparison.Ordinal).TrimEnd('.')}. {Remedy(exception)}, then {then}.";
}
