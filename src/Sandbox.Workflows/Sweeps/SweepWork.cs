using System.Globalization;
using Sandbox.Engine.Jobs;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Asks, starts, waits and tells, until the search is used up or somebody stops it.</summary>
internal sealed class SweepWork
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly JobExecution _job;
    private readonly SweepScope _sweep;
    private readonly SweepStore _store;
    private readonly TrialRuns _trials;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly HashSet<int> _stopped = [];
    private readonly Dictionary<Task<(SweepTrial Trial, string? Problem)>, int> _running = [];

    public SweepWork(
        JobExecution job, SweepScope sweep, long seed, IReadOnlyList<SweepTrial> known, SweepStore store, TrialRuns trials, TextWriter output, TimeProvider time)
    {
        (_job, _sweep, _store, _trials, _output, _time) = (job, sweep, store, trials, output, time);
        Seed = seed;
        Study = new Study(sweep.Config, seed, known, []);
    }

    public Study Study { get; private set; }

    private long Seed { get; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            foreach (var trial in Study.Trials.Where(t => t.State == TrialState.Running))
            {
                // What it had reported is in the store of metrics; it reports from where it goes on.
                await StartAsync(trial, ending.Token);
            }

            while (await FillAsync(ending.Token) || _running.Count > 0)
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

    // Starts trials until all workers are busy; true where one was started.
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var row = (await _store.FindAsync(_sweep.Run.Id, cancellationToken))!;
        Widen(row.ExtraTrials);
        var started = false;
        while (!row.IsStopped && _running.Count < _sweep.Config.Workers && Ask() is { } trial)
        {
            await _trials.CreateAsync(_sweep, trial, cancellationToken);
            await StartAsync(trial, cancellationToken);
            started = true;
        }

        return started;
    }

    private void Widen(int extra)
    {
        if (_sweep.Config.MaxTrials + extra is { } most && most != Study.Config.MaxTrials)
        {
            lock (_gate)
            {
                Study = new Study(_sweep.Config with { MaxTrials = most }, Seed, Study.Trials, []);
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

    private async Task StartAsync(SweepTrial trial, CancellationToken cancellationToken)
    {
        await _trials.CreateAsync(_sweep, trial, cancellationToken);
        var observer = new TrialObserver(_sweep.Config, (step, value) => Report(trial.Number, step, value));
        _running.Add(Task.Run(() => _trials.WorkAsync(_sweep, trial, observer, cancellationToken), cancellationToken), trial.Number);
    }

    private void Report(int number, long step, double value)
    {
        lock (_gate)
        {
            if (Study.Trials[number].State != TrialState.Running || !Study.Report(number, new TrialReport(step, value)) || !_stopped.Add(number))
            {
                return;
            }
        }

        _ = StopAsync(number);
    }

    private async Task StopAsync(int number)
    {
        try
        {
            await _trials.CancelAsync(_sweep.Run.Id, number, CancellationToken.None);
        }
        catch (Exception e)
        {
            await _output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"trial {number} could not be stopped: {e.Message}"));
        }
    }

    private async Task RecordAsync(Task<(SweepTrial Trial, string? Problem)> done, CancellationToken cancellationToken)
    {
        var (ended, problem) = await done;
        SweepTrial trial;
        lock (_gate)
        {
            var state = _stopped.Contains(ended.Number) && ended.State == TrialState.Killed ? TrialState.Stopped : ended.State;
            Study.Tell(ended.Number, state, ended.Values);
            trial = Study.Trials[ended.Number];
        }

        var row = TrialJson.Write(trial, _sweep.Run.Id, TrialRuns.RunIdOf(_sweep.Run.Id, trial.Number));
        row.Problem = trial.State == TrialState.Stopped ? "early termination" : problem;
        await _job.CommitAsync(new TrialCommit(row), cancellationToken);
        _running.Remove(done);
        Tell(trial, row.Problem);
    }

    private void Tell(SweepTrial trial, string? problem)
    {
        var values = string.Join(", ", trial.Values.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)));
        var best = Study.Best is { } number ? string.Create(CultureInfo.InvariantCulture, $"; best: trial {number}") : string.Empty;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"trial {trial.Number} {TrialJson.StateOf(trial.State)}{(problem is null ? $": {values}" : $" ({problem})")}{best}");
        _output.WriteLine(text);
        _job.Report(Study.Config.MaxTrials is { } most ? (double)Study.Trials.Count(t => t.State != TrialState.Running) / most : null, text);
    }
}

/// <summary>Hears the metric of a trial on its way, for early termination.</summary>
internal sealed class TrialObserver(SweepConfig sweep, Action<long, double> report) : IRunObserver
{
    private long _step;

    public void Metric(JobView job, string name, double value, double? step)
    {
        if (sweep.EarlyTerminate is not null && name == sweep.Metric?.Name)
        {
            report(step is { } given ? (long)given : Interlocked.Increment(ref _step), value);
        }
    }

    public void JobStarted(JobView job)
    {
    }

    public void JobProgress(JobView job, double? fraction, string text)
    {
    }

    public void JobWarning(JobView job, string text)
    {
    }

    public void JobEnded(JobView job)
    {
    }
}
