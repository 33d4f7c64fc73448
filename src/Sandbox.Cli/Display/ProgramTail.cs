using System.Text;
using Sandbox.Cli.CommandLine;
using Sandbox.Environments.Supervision;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Prints what the programs of a job wrote themselves and was not printed before: of the newest attempt, each stream in
/// its own order.</summary>
internal sealed class ProgramTail(CliSession session, CliConsole console, bool json)
{
    private const int LongestLine = 1 << 20;
    private static readonly string[] Streams = ["stdout", "stderr"];
    private readonly Dictionary<(string Directory, string Stream), (OutputReader Reader, MemoryStream Line)> _open = [];

    /// <summary>Prints what is new.</summary>
    /// <param name="run">The run.</param>
    /// <param name="job">The job.</param>
    /// <param name="isLast">Whether nothing will follow: then a line without an end is printed too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task PrintAsync(RunView run, JobView job, bool isLast, CancellationToken cancellationToken)
    {
        var processes = Path.Combine(session.Home.ProgramDirectory(run.Id, job.Id, job.Attempt), "processes");
        var directories = Directory.Exists(processes) ? Directory.GetDirectories(processes).Order(StringComparer.Ordinal).ToList() : [];
        foreach (var directory in directories)
        {
            foreach (var stream in Streams)
            {
                var label = directories.Count > 1 ? $"{Path.GetFileName(directory)} {stream}" : stream;
                await PrintAsync(job, directory, stream, label, isLast, cancellationToken);
            }
        }
    }

    private async Task PrintAsync(JobView job, string directory, string stream, string label, bool isLast, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue((directory, stream), out var open))
        {
            _open[(directory, stream)] = open = (OutputReader.Of(directory, stream), new MemoryStream());
        }

        do
        {
            while (await open.Reader.NextAsync(cancellationToken) is { Length: > 0 } bytes)
            {
                Take(bytes.Span, open.Line, text => Print(job, label, text));
            }
        }
        while (Skipped(job, label, open.Reader));

        if (isLast && open.Line.Length > 0)
        {
            Print(job, label, TextOf(open.Line));
        }
    }

    private bool Skipped(JobView job, string label, OutputReader reader)
    {
        var gone = reader.SkipForgotten();
        if (gone > 0)
        {
            Print(job, label, FormattableString.Invariant($"[{gone} bytes were removed after they had been read]"));
        }

        return gone > 0;
    }

    private static void Take(ReadOnlySpan<byte> bytes, MemoryStream line, Action<string> print)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            line.Write(end < 0 ? bytes : bytes[..end]);
            if (end < 0 && line.Length < LongestLine)
            {
                return;
            }

            print(TextOf(line));
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    private static string TextOf(MemoryStream line)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
        line.SetLength(0);
        return text;
    }

    private void Print(JobView job, string label, string line)
    {
        if (json)
        {
            console.Json(new { job = job.Id, metaName = job.MetaName, stream = label, line });
        }
        else
        {
            console.Line($"{label} | {line}");
        }
    }
}
