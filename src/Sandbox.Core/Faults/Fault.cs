namespace Sandbox.Core.Faults;

/// <summary>A place in a file. Line and column count from 1; 0 means "the file as a whole".</summary>
/// <param name="File">The path as the user wrote it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 units, from 1.</param>
public sealed record SourceLocation(string File, int Line, int Column)
{
    /// <inheritdoc />
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}

/// <summary>How bad a finding is.</summary>
public enum FaultSeverity
{
    /// <summary>Nothing may run (exit code 2).</summary>
    Error,

    /// <summary>Said, and the run goes on.</summary>
    Warning,
}

/// <summary>One finding in a user's input: where, and what is wrong together with how to mend it.</summary>
/// <param name="Location">Where it stands; null when it belongs to no file (a command-line override).</param>
/// <param name="Message">What is wrong and how to mend it, one line.</param>
/// <param name="Severity">Whether it stops the run.</param>
public sealed record Fault(SourceLocation? Location, string Message, FaultSeverity Severity = FaultSeverity.Error)
{
    /// <summary>The form that is printed: <c>FILE:LINE:COLUMN: message</c>.</summary>
    public override string ToString()
    {
        var text = Severity == FaultSeverity.Warning ? $"warning: {Message}" : Message;
        return Location is null ? text : $"{Location}: {text}";
    }
}

/// <summary>Bad input, with every fault that was found in it. Ends the command with exit code 2.</summary>
public sealed class FaultException(IReadOnlyList<Fault> faults)
    : Exception(string.Join(Environment.NewLine, faults.Select(f => f.ToString())))
{
    /// <summary>A single fault without a place.</summary>
    public FaultException(string message)
        : this([new Fault(null, message)])
    {
    }

    /// <summary>All faults, in file order.</summary>
    public IReadOnlyList<Fault> Faults { get; } = faults;
}

/// <summary>
/// A job that cannot go on for a reason that the user can understand and mend: its message is shown without a stack
/// trace and the job fails (exit code 1).
/// </summary>
public sealed class JobFailedException(string message, Exception? inner = null) : Exception(message, inner);
