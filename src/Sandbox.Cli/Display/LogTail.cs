using System.Text;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Prints the log lines of a run's jobs that were not printed before; of jobs that are named, also what their programs wrote.</summary>
internal sealed class LogTail(CliSession session, CliConsole console, bool json, string? jobFilter)
{
    private readonly ProgramTail _programs = new(session, console, json);
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    /// <summary>Prints what is new.</summary>
    /// <param name="run">The run as it stands.</param>
    /// <param name="isLast">Whether nothing will follow: then a line without an end is printed too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task PrintAsync(RunView run, bool isLast, CancellationToken cancellationToken)
    {
        var jobs = JobChoice.Of(run, jobFilter);
        foreach (var job in jobs.Where(j => File.Exists(session.Home.JobLog(run.Id, j.Id))))
        {
            await PrintAsync(run, job, jobs.Count > 1, isLast, cancellationToken);
        }

        // All programs of a run at once would be a flood.
        foreach (var job in jobFilter is null ? [] : jobs)
        {
            await _programs.PrintAsync(run, job, isLast, cancellationToken);
        }
    }

    // Line by line, as a log may be as long as a training; a line that is still being written waits for its end.
    private async Task PrintAsync(RunView run, JobView job, bool named, bool isLast, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            session.Home.JobLog(run.Id, job.Id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _offsets.GetValueOrDefault(job.Id);
        var buffer = new byte[1 << 16];
        using var line = new MemoryStream();
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            for (var start = 0; start < count;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, count - start);
                line.Write(buffer, start, (end < 0 ? count : end) - start);
                if (end < 0)
                {
                    break;
                }

                Print(job, line, named);
                start = end + 1;
            }
        }

        _offsets[job.Id] = stream.Position - line.Length;
        if (isLast && line.Length > 0)
        {
            Print(job, line, named);
        }
    }

    private void Print(JobView job, MemoryStream bytes, bool named)
    {
        var line = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimEnd('\r');
        bytes.SetLength(0);
        if (json)
        {
            console.Json(new { job = job.Id, metaName = job.MetaName, line });
        }
        else
        {
            console.Line(named ? $"{JobText.Name(job)} | {line}" : line);
        }
    }
}
