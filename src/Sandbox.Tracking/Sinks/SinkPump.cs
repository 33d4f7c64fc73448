using Microsoft.Extensions.Logging;

namespace Sandbox.Tracking.Sinks;

/// <summary>Brings what the local store records of a run to other tools, beside the run: nothing waits for it, and nothing that
/// goes wrong there reaches the run. What could not be brought is tried again, and stays in the store until it could.</summary>
public sealed partial class SinkPump : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtTheEnd = TimeSpan.FromSeconds(15);

    private readonly SinkProgress _progress;
    private readonly SinkRun _run;
    private readonly IReadOnlyList<NamedSink> _sinks;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private Task _pumping = Task.CompletedTask;

    internal SinkPump(SinkProgress progress, SinkRun run, IReadOnlyList<NamedSink> sinks, TimeProvider time, ILogger logger) =>
        (_progress, _run, _sinks, _time, _logger) = (progress, run, sinks, time, logger);

    /// <summary>Begins.</summary>
    public void Start() => _pumping = Task.Run(PumpAsync);

    /// <summary>Brings the rest, within a bounded time.</summary>
    /// <param name="exitCode">How the run ended; null where it will go on.</param>
    /// <returns>What could not be brought, a line a sink.</returns>
    public async Task<IReadOnlyList<string>> FinishAsync(int? exitCode)
    {
        await StopAsync();
        using var patience = new CancellationTokenSource(AtTheEnd, _time);
        var left = new List<string>();
        foreach (var sink in _sinks)
        {
            if (await BringAllAsync(sink, exitCode, patience.Token) is { } problem)
            {
                left.Add($"{sink.Key}: {problem}");
            }
        }

        return left;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ending.Dispose();
    }

    private async Task StopAsync()
    {
        if (!_ending.IsCancellationRequested)
        {
            await _ending.CancelAsync();
        }

        await _pumping;
    }

    private async Task PumpAsync()
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                foreach (var sink in _sinks)
                {
                    await BringAllAsync(sink, exitCode: null, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended: the rest is brought then.
        }
    }

    // Null where all was brought, else why not.
    private async Task<string?> BringAllAsync(NamedSink sink, int? exitCode, CancellationToken cancellationToken)
    {
        try
        {
            while (await BringAsync(sink, exitCode, cancellationToken))
            {
            }

            return null;
        }
        catch (Exception e)
        {
            SinkWaits(_logger, sink.Key, e.Message);
            return e.Message;
        }
    }

    private async Task<bool> BringAsync(NamedSink sink, int? exitCode, CancellationToken cancellationToken)
    {
        var progress = await _progress.FindAsync(_run.Id, sink.Key, cancellationToken);
        var (metrics, configs) = await _progress.NewAsync(progress, cancellationToken);
        var isLast = metrics.Count < SinkProgress.MostMetrics;
        var code = isLast && progress.ExitCode != exitCode ? exitCode : null;
        if (metrics.Count == 0 && configs.Count == 0 && code is null)
        {
            return false;
        }

        var state = await sink.Sink.WriteAsync(new SinkBatch(_run, metrics, configs, code), SinkProgress.StateOf(progress), cancellationToken);
        progress.State = state.ToJsonString();
        progress.UpToMetric = metrics.Count > 0 ? metrics[^1].Sequence : progress.UpToMetric;
        progress.UpToConfigs = configs.Count > 0 ? configs[^1].Sequence : progress.UpToConfigs;
        progress.ExitCode = code ?? progress.ExitCode;

        // Not to be cancelled: the other tool has it.
        await _progress.SaveAsync(progress, CancellationToken.None);
        return !isLast;
    }

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "{Sink} could not be brought up to date and is tried again: {Problem}")]
    private static partial void SinkWaits(ILogger logger, string sink, string problem);
}
