namespace Sandbox.Environments.ShortCommands;

/// <summary>A command that ends within seconds: a program and its arguments, given as they are, never through a shell.</summary>
/// <param name="Program">Name (looked up in PATH) or path of the program.</param>
/// <param name="Arguments">The arguments; blanks and quotes in them are kept.</param>
public sealed record ShortCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs; null means the current directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables set beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long it may take before it is ended.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>How a short command ended.</summary>
/// <param name="ExitCode">The exit code; 0 is success.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ShortCommandResult(int ExitCode, string Output, string Error);

/// <summary>A short command could not be started or took too long; the message says which and why.</summary>
public sealed class ShortCommandException(string message, Exception? inner = null) : Exception(message, inner);
