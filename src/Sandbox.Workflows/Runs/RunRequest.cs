namespace Sandbox.Workflows.Runs;

/// <summary>What a user asks to run.</summary>
/// <param name="ConfigPath">The YAML as given.</param>
/// <param name="Overrides">Overrides of the command line in upstream's dotted form: <c>--key value</c> pairs as given.</param>
/// <param name="CurrentDirectory">What relative paths mean.</param>
public sealed record RunRequest(string ConfigPath, IReadOnlyList<string> Overrides, string CurrentDirectory);

/// <summary>How working on a run ended.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Failure">Why it failed, or null.</param>
public sealed record RunEnd(string RunId, string State, string? Failure)
{
    /// <summary>What went wrong without touching the run: results are safe, a file for others could not be written.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
