using System.Runtime.InteropServices;

namespace Sandbox.Core.Failures;

/// <summary>How a program ended: by itself with a code, or by a signal.</summary>
/// <param name="Code">The exit code; null where a signal ended it.</param>
/// <param name="Signal">The signal; null where it ended by itself.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ExitStatus(int? Code, int? Signal)
{
    private const int LastSignal = 64;
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>Reads a status as shells give it: 128 and the signal's number, or the exit code.</summary>
    public static ExitStatus FromShell(int status) =>
        status is > SignalBase and <= SignalBase + LastSignal ? new ExitStatus(null, status - SignalBase) : new ExitStatus(status, null);

    /// <summary>Whether it ended well.</summary>
    public bool IsSuccess => Code == 0;

    /// <summary><c>finished</c>; <c>killed</c> where somebody else ended it; else <c>failed</c>.</summary>
    public string Word => this switch
    {
        { Code: 0 } => "finished",
        { Signal: 1 or 9 or 15 or 24 } => "killed",
        _ => "failed",
    };

    /// <summary>In words: <c>exit code 3</c>, <c>signal 9 (SIGKILL)</c>.</summary>
    public override string ToString() => Signal is { } signal
        ? FormattableString.Invariant($"signal {signal}") + (Names.TryGetValue(signal, out var name) ? $" ({name})" : string.Empty)
        : FormattableString.Invariant($"exit code {Code}");
}
