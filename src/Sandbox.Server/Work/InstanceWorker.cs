using System.Collections.Concurrent;
using System.Threading.Channels;
using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Work;

/// <summary>
/// Works runs: those that this server starts or resumes at once, and those that nobody works although there is something to
/// do. A stop ends bursts and handlers; what was not finished is taken up by whoever comes next.
/// </summary>
internal sealed class InstanceWorker(
    SandboxRuns runs, InstanceQueries instances, LiveRuns live, ServerSettings settings, TimeProvider time, ILogger<InstanceWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long a run that could not be worked is left alone: a full disk does not mend within a second.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _signals = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, Task> _working = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _resting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _again = new(StringComparer.Ordinal);
    private readonly Queue<string> _waiting = new();

    /// <summary>Runs that are worked here now.</summary>
    public int Working => _working.Count;

    /// <summary>Says that there is something to do for a run.</summary>
    public void Signal(string runId) => _signals.Writer.TryWrite(runId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.TakesUpRuns)
        {
            return;
        }

        using var timer = new PeriodicTimer(LookInterval, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var signal = _signals.Reader.WaitToReadAsync(stoppingToken).AsTask();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAny(tick, signal);
                if (tick.IsCompleted)
                {
                    await tick;
                    await LookAsync(stoppingToken);
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }

                if (signal.IsCompleted)
                {
                    await signal;
                    signal = _signals.Reader.WaitToReadAsync(stoppingToken).AsTask();
                }

                Start(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        await Task.WhenAll(_working.Values);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var id in await instances.ReadyAsync(settings.TakeUpAfter, settings.MaxParallelRuns, cancellationToken))
            {
                if (!_waiting.Contains(id) && !IsResting(id))
                {
                    _waiting.Enqueue(id);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ServerLog.LoopBroke(logger, e, "The worker");
        }
    }

    private bool IsResting(string id)
    {
        if (_resting.TryGetValue(id, out var until) && until <= time.GetUtcNow())
        {
            _resting.TryRemove(id, out _);
            return false;
        }

        return _resting.ContainsKey(id);
    }

    private void Start(CancellationToken stoppingToken)
    {
        while (_signals.Reader.TryRead(out var signalled))
        {
            if (signalled.Length > 0)
            {
                _waiting.Enqueue(signalled);
            }
        }

        for (var i = _waiting.Count; i > 0 && _working.Count < settings.MaxParallelRuns; i--)
        {
            var id = _waiting.Dequeue();
            if (_working.ContainsKey(id))
            {
                _again[id] = true;
                continue;
            }

            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _working[id] = WorkAsync(id, start.Task, stoppingToken);
            start.SetResult();
        }
    }

    private async Task WorkAsync(string id, Task start, CancellationToken stoppingToken)
    {
        await start;
        try
        {
            if (await instances.GetAsync(id, stoppingToken) is not { } instance
                || instance is { PauseRequested: true, Status: WorkflowStatus.Running })
            {
                return;
            }

            ServerLog.TakenUp(logger, id);
            var end = await runs.WorkAsync(id, live.Open(id), stoppingToken);
            ServerLog.Worked(logger, id, end.State);
        }
        catch (Exception e) when (e is InstanceBusyException or LeaseLostException or KeyNotFoundException)
        {
            // Another process has it, or it was deleted.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            _resting[id] = time.GetUtcNow() + Rest;
            if (e is JobFailedException or IOException or UnauthorizedAccessException)
            {
                ServerLog.NotWorked(logger, id, e.Message);
            }
            else
            {
                ServerLog.RunBroke(logger, e, id);
            }
        }
        finally
        {
            live.Close(id);
            _working.TryRemove(id, out _);
            await FreeAsync(id);
        }
    }

    // A place is free; and what was signalled meanwhile may have come too late for the work that has ended.
    private async Task FreeAsync(string id)
    {
        var isOpen = _again.TryRemove(id, out _)
            && (await instances.GetAsync(id, CancellationToken.None))?.Status == WorkflowStatus.Running;
        _signals.Writer.TryWrite(isOpen ? id : string.Empty);
    }
}
