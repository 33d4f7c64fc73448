using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;
using Sandbox.Optimization.Studies;

namespace Sandbox.Workflows.Sweeps;

/// <summary>What a sweep knows when it is taken up.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Trials">Its trials so far.</param>
/// <param name="Earlier">Trials of earlier sweeps.</param>
internal sealed record SweepMemory(long Seed, IReadOnlyList<SweepTrial> Trials, IReadOnlyList<SweepTrial> Earlier);

/// <summary>Asks, starts, waits and tells, until the search is used up or somebody stops it.</summary>
internal sealed class SweepWork
{
    private const int MostFailures = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly JobExecution _job;
    private readonly SweepScope _sweep;
    private readonly SweepMemory _memory;
    private readonly SweepStore _store;
    private readonly TrialRuns _trials;
    private readonly SweepTold _told;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly HashSet<int> _stopped = [];
    private readonly HashSet<int> _seen = [];
    private readonly List<Task> _stopping = [];
    private readonly Dictionary<Task<(SweepTrial Trial, string? Problem)>, int> _running = [];
    private int _failures;

    public SweepWork(
        JobExecution job, SweepScope sweep, SweepMemory memory, SweepStore store, TrialRuns trials, TextWriter output, TimeProvider time)
    {
        (_job, _sweep, _memory, _store, _trials, _told, _time) = (job, sweep, memory, store, trials, new SweepTold(job, output), time);
        Study = new Study(sweep.Config, memory.Seed, memory.Trials, memory.Earlier);
    }

    public Study Study { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (await NextAsync(ending.Token))
            {
                await Task.WhenAny([.. _running.Keys, Task.Delay(LookEvery, _time, ending.Token)]);
                ending.Token.ThrowIfCancellationRequested();
                foreach (var done in _running.Keys.Where(t => t.IsCompleted).OrderBy(t => _running[t]).ToList())
                {
                    await RecordAsync(done, cancellationToken);
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(_running.Keys).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await Task.WhenAll(_stopping);
        }
    }

    /// <summary>Ends the runs of trials that have not ended.</summary>
    public async Task CancelTrialsAsync()
    {
        foreach (var trial in Study.Trials.Where(t => t.State == TrialState.Running))
        {
            await _trials.CancelAsync(_sweep.Run.Id, trial.Number, CancellationToken.None);
        }
    }

    // Whether there is anything left to wait for.
    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (await _trials.IsPausedAsync(_sweep.Run.Id, cancellationToken))
        {
            foreach (var number in _running.Values)
            {
                await _trials.PauseAsync(_sweep.Run.Id, number, cancellationToken);
            }

            return _running.Count > 0 ? true : throw new JobPausedException();
        }

        await TakeUpAsync(cancellationToken);
        await FillAsync(cancellationToken);
        return _running.Count > 0 || Study.Trials.Any(t => t.State == TrialState.Running);
    }

    // Trials that an earlier process left, and those that rested and may go on.
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        foreach (var trial in Study.Trials.Where(t => t.State == TrialState.Running && !_running.ContainsValue(t.Number)).ToList())
        {
            if (_seen.Add(trial.Number) || !await _trials.IsPausedAsync(TrialRuns.RunIdOf(_sweep.Run.Id, trial.Number), cancellationToken))
            {
                // What it had reported is in the store of metrics; it reports from where it goes on.
                await StartAsync(trial, null, cancellationToken);
            }
        }
    }

    // Starts trials until all workers are busy: first those that somebody gave, then the search's own.
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var row = (await _store.FindAsync(_sweep.Run.Id, cancellationToken))!;
        Widen(row.ExtraTrials);
        while (_running.Count < _sweep.Config.Workers)
        {
            var queued = await _store.NextQueuedAsync(_sweep.Run.Id, cancellationToken);
            if ((queued is not null ? Given(queued) : row.IsStopped ? null : Ask()) is not { } trial)
            {
                return;
            }

            await StartAsync(trial, queued?.Sequence, cancellationToken);
        }
    }

    private void Widen(int extra)
    {
        if (_sweep.Config.MaxTrials + extra is { } most && most != Study.Config.MaxTrials)
        {
            lock (_gate)
            {
                Study = new Study(_sweep.Config with { MaxTrials = most }, _memory.Seed, Study.Trials, _memory.Earlier);
            }
        }
    }

    private SweepTrial? Ask()
    {
        lock (_gate)
        {
            return Study.Ask();
        }
    }

    private SweepTrial Given(QueuedTrialRow queued)
    {
        lock (_gate)
        {
            return Study.Add(JsonNode.Parse(queued.Parameters)!.AsObject());
        }
    }

    private async Task StartAsync(SweepTrial trial, long? queued, CancellationToken cancellationToken)
    {
        _seen.Add(trial.Number);
        if (await _trials.CreateAsync(_sweep, trial, queued, cancellationToken) is { } problem)
        {
            var failed = trial with { State = TrialState.Failed, Values = [.. _sweep.Config.Metrics.Select(_ => double.NaN)] };
            await EndAsync(failed, problem, null, queued, cancellationToken);
            return;
        }

        var observer = new TrialObserver(_sweep.Config, (step, value) => Report(trial.Number, step, value));
        _running.Add(Task.Run(() => _trials.WorkAsync(_sweep, trial, observer, cancellationToken), cancellationToken), trial.Number);
    }

    private void Report(int number, long step, double value)
    {
        lock (_gate)
        {
            if (Study.Trials[number].State == TrialState.Running && Study.Report(number, new TrialReport(step, value)) && _stopped.Add(number))
            {
                _stopping.Add(Task.Run(() => StopAsync(number)));
            }
        }
    }

    private async Task StopAsync(int number)
    {
        try
        {
            await _trials.CancelAsync(_sweep.Run.Id, number, CancellationToken.None);
        }
        catch (Exception e)
        {
            await _told.LineAsync(string.Create(CultureInfo.InvariantCulture, $"trial {number} could not be stopped: {e.Message}"));
        }
    }

    private async Task RecordAsync(Task<(SweepTrial Trial, string? Problem)> done, CancellationToken cancellationToken)
    {
        var (ended, problem) = await done;
        if (ended.State != TrialState.Running)
        {
            var isCut = _stopped.Contains(ended.Number) && ended.State == TrialState.Killed;
            await EndAsync(isCut ? ended with { State = TrialState.Stopped } : ended, isCut ? "early termination" : problem, TrialRuns.RunIdOf(_sweep.Run.Id, ended.Number), null, cancellationToken);
        }

        _running.Remove(done);
    }

    private async Task EndAsync(SweepTrial ended, string? problem, string? runId, long? queued, CancellationToken cancellationToken)
    {
        SweepTrial trial;
        lock (_gate)
        {
            Study.Tell(ended.Number, ended.State, ended.Values);
            trial = Study.Trials[ended.Number];
        }

        var row = TrialJson.Write(trial, _sweep.Run.Id, runId);
        row.Problem = problem;
        await _job.CommitAsync(new TrialCommit(row, queued), cancellationToken);
        await _told.TrialAsync(trial, problem, Study);
        _failures = trial.State is TrialState.Failed or TrialState.Crashed ? _failures + 1 : int.MinValue;
        if (_failures == MostFailures)
        {
            throw new JobFailure(FormattableString.Invariant(
                $"The first {MostFailures} trials all failed, the last one: {problem ?? "it gave no reason"}. Mend the cause and start again. See: sandbox sweep status {_sweep.Run.Id}"));
        }
    }
}
