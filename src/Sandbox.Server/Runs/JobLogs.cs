using Sandbox.Environments.Supervision;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>Something that a job wrote line by line: its log, or what its program printed.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Length">Bytes so far.</param>
/// <param name="ReadAsync">Reads some bytes from a place on, and says where they begin.</param>
internal sealed record LogSource(string Name, long Length, Func<long, int, CancellationToken, Task<(long From, byte[] Bytes)>> ReadAsync);

/// <summary>Finds the logs of a job. They are listed, never built from a name that a request brings.</summary>
internal static class JobLogs
{
    /// <summary>The job's own log.</summary>
    public const string Own = "log";

    private const string Processes = "processes";

    public static IReadOnlyList<LogSource> Of(SandboxHome home, string runId, JobView job)
    {
        var own = home.JobLog(runId, job.Id);
        var programs = RecordedOutput.In(Path.Combine(home.ProgramDirectory(runId, job.Id, job.Attempt), Processes));
        return
        [
            new LogSource(Own, File.Exists(own) ? new FileInfo(own).Length : 0, (from, most, token) => ReadFileAsync(own, from, most, token)),
            .. programs.Select(p => new LogSource(p.Name, p.Length, p.ReadAsync)),
        ];
    }

    private static async Task<(long From, byte[] Bytes)> ReadFileAsync(string path, long from, int most, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return (from, []);
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Clamp(RandomAccess.GetLength(file) - from, 0, most)];
        var count = await RandomAccess.ReadAsync(file, bytes, from, cancellationToken);
        return (from, bytes[..count]);
    }
}
