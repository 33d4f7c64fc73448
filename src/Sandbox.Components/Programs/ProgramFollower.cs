using Sandbox.Core.Components;
using Sandbox.Core.Logs;
using Sandbox.Core.Tracking;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs;

/// <summary>Follows the output of a program from where reading stopped: findings become metrics, keyed by their place in
/// the log, so that what is read again after a crash is stored once.</summary>
internal sealed class ProgramFollower
{
    // What is read again after a crash costs only time: a little output is read quickly, much of it should not be.
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaveAtLeastEvery = TimeSpan.FromMinutes(1);
    private const long MuchOutput = 1 << 20;
    private static readonly string[] Streams = ["stdout", "stderr"];
    private readonly SupervisedProcess _process;
    private readonly ComponentContext _context;
    private readonly ProgramReading _reading;
    private readonly List<(OutputReader Reader, LogWatcher Watcher, string Stream)> _streams;
    private readonly OutputLines? _lines;
    private long _saved;
    private long _unsavedBytes;

    private ProgramFollower(SupervisedProcess process, LogWatch watch, ComponentContext context, ProgramReading reading, OutputLines? lines)
    {
        (_process, _context, _reading, _saved, _lines) = (process, context, reading, context.Time.GetTimestamp(), lines);
        _streams = [.. Streams.Select(stream =>
        {
            var at = reading.Positions.GetValueOrDefault(stream);
            return (process.Read(stream, at.Offset), watch.Open(stream, at), stream);
        })];
    }

    /// <summary>What is known of each metric so far.</summary>
    public IReadOnlyDictionary<string, MetricSummary> Metrics => _reading.Metrics;

    /// <summary>Goes on where an earlier process stopped; from the start where all lines are wanted.</summary>
    public static async Task<ProgramFollower> OpenAsync(
        SupervisedProcess process, LogWatch watch, ComponentContext context, CancellationToken cancellationToken, OutputLines? lines = null)
    {
        var path = Path.Combine(process.Directory, "reading.json");
        return new(process, watch, context, lines is null ? await ProgramReading.LoadAsync(path, cancellationToken) : new ProgramReading(path), lines);
    }

    /// <summary>Follows to the end.</summary>
    public async Task<ProcessExit> FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Once the exit is written, so is all output: looked for first, it lets nothing slip through.
            var exit = _process.Exit;
            await ReadAsync(cancellationToken);
            if (exit is not null)
            {
                await CompleteAsync();
                return exit;
            }

            if (IsSaveDue)
            {
                await SaveAsync(cancellationToken);
            }

            await _process.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Reads what is left of a program that was ended.</summary>
    public async Task DrainAsync()
    {
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (BrokenRuleException)
        {
            // It is what ended the program.
        }

        await CompleteAsync();
    }

    private bool IsSaveDue => _unsavedBytes > 0
        && _context.Time.GetElapsedTime(_saved) >= (_unsavedBytes >= MuchOutput ? SaveEvery : SaveAtLeastEvery);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var (reader, watcher, stream) in _streams)
        {
            while (await reader.NextAsync(cancellationToken) is { Length: > 0 } bytes)
            {
                _unsavedBytes += bytes.Length;
                _lines?.Add(stream, bytes.Span);
                Record(watcher.Read(bytes.Span));
                _reading.Positions[stream] = watcher.Position;
                if (IsSaveDue)
                {
                    await SaveAsync(cancellationToken);
                }
            }
        }
    }

    private async Task CompleteAsync()
    {
        foreach (var (_, watcher, stream) in _streams)
        {
            // Not its end, but its start: whoever looks again finds the last lines in the same places.
            _reading.Positions[stream] = watcher.Position;
            Record(watcher.Complete());
        }

        _lines?.Complete();
        await SaveAsync(CancellationToken.None);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        (_saved, _unsavedBytes) = (_context.Time.GetTimestamp(), 0);
        if (!await _context.Watcher.FlushAsync(cancellationToken))
        {
            // What is not safe yet must be found again by whoever reads after a crash.
            return;
        }

        await _reading.SaveAsync();
        foreach (var (reader, _, stream) in _streams)
        {
            reader.Forget(_reading.Positions.GetValueOrDefault(stream).Offset);
        }
    }

    private void Record(IReadOnlyList<LogFinding> findings)
    {
        foreach (var finding in findings)
        {
            Tell(finding);
            foreach (var (name, value) in finding.Metrics)
            {
                if (value is { } number)
                {
                    Record(finding, name, number);
                }
            }

            if (finding is { Epoch: { } epoch, Metrics.Count: > 0 } && finding.Axis != finding.Epoch)
            {
                Record(finding, "epoch", epoch);
            }
        }

        if (findings.FirstOrDefault(f => f.Failure is not null) is { } broken)
        {
            throw new BrokenRuleException($"{broken.Failure}.");
        }
    }

    private void Tell(LogFinding finding)
    {
        if (finding.Progress is { } percent)
        {
            _context.Progress.Report(new JobProgress(percent, 100, "%", finding.Text ?? string.Empty));
        }
        else if (finding.Text is { } text)
        {
            ProgramLog.Says(_context.Logger, text);
        }
    }

    private void Record(LogFinding finding, string name, double value)
    {
        var own = string.Join('.', new[] { finding.Split, name, finding.Label }.Where(p => p is not null));
        _reading.Metrics[own] = MetricSummary.Add(_reading.Metrics.GetValueOrDefault(own), value);
        var time = finding.Time is { } stamp ? new DateTimeOffset(DateTime.SpecifyKind(stamp, DateTimeKind.Local)) : _context.Time.GetUtcNow();
        _context.Watcher.Record(new Metric(
            $"{_context.Job.WatchName}.{own}", value, finding.Axis, time, finding.Stream, finding.TextOffset));
    }
}
