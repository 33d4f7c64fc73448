namespace Sandbox.Workflows.Runs;

/// <summary>The one directory that holds the state of all runs; command line and server share it.</summary>
/// <param name="Root">Full path of the home: <c>SANDBOX_HOME</c>, else <c>.sandbox</c> in the current directory.</param>
public sealed record SandboxHome(string Root)
{
    /// <summary>The database.</summary>
    public string DatabasePath => Path.Combine(Root, "sandbox.db");

    /// <summary>Where plugins are looked for: <c>plugins</c> of the home, and the directories in <c>SANDBOX_PLUGINS</c>, parted as in
    /// <c>PATH</c>.</summary>
    public IReadOnlyList<string> PluginDirectories =>
    [
        Path.Combine(Root, "plugins"),
        .. (Environment.GetEnvironmentVariable("SANDBOX_PLUGINS") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Path.GetFullPath),
    ];

    /// <summary>The directory of a run: attempts, logs, report.</summary>
    public string RunDirectory(string runId) => Path.Combine(Root, "runs", runId);

    /// <summary>The log of a job, all attempts.</summary>
    public string JobLog(string runId, string jobId) => Path.Combine(RunDirectory(runId), "logs", $"{jobId}.log");

    /// <summary>The report of a run.</summary>
    public string Report(string runId) => Path.Combine(RunDirectory(runId), "report.html");

    /// <summary>The home that the environment names.</summary>
    public static SandboxHome FromEnvironment(string currentDirectory)
    {
        var given = Environment.GetEnvironmentVariable("SANDBOX_HOME");
        return new SandboxHome(Path.GetFullPath(string.IsNullOrWhiteSpace(given) ? ".sandbox" : given, currentDirectory));
    }

    /// <summary>The name of this node among several that share a database: <c>SANDBOX_NODE</c>; empty where there is one.</summary>
    public static string NodeFromEnvironment() => Environment.GetEnvironmentVariable("SANDBOX_NODE")?.Trim() ?? string.Empty;

    /// <summary>The directory of the programs of one attempt, whoever looks after it: they outlive the lease under which
    /// they were started.</summary>
    public string ProgramDirectory(string runId, string jobId, int attempt) =>
        Path.Combine(RunDirectory(runId), "jobs", jobId, FormattableString.Invariant($"{attempt}.programs"));

    /// <summary>The directory of one attempt of a job under one lease. A process that lost the run still writes where its
    /// own fence says, never beside the one that goes on with the attempt.</summary>
    internal string AttemptDirectory(string runId, string jobId, int attempt, long fence) =>
        Path.Combine(RunDirectory(runId), "jobs", jobId, FormattableString.Invariant($"{attempt}.{fence}"));
}
