using System.Text.Json.Nodes;
using Sandbox.Optimization.Search;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Stopping;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Studies;

/// <summary>A sweep in the ask-and-tell form: it says what to try and is told what came of it. What it answers follows from the
/// configuration, the seed and the trials alone, so that a sweep can be taken up again from its trials. Not for several
/// threads at once.</summary>
public sealed class Study
{
    private readonly ISearch _search;
    private readonly SuccessiveHalving? _halving;
    private readonly IReadOnlyList<SweepTrial> _earlier;
    private readonly List<SweepTrial> _trials;

    /// <summary>A study that has seen some trials.</summary>
    /// <param name="config">A checked sweep.</param>
    /// <param name="seed">The same seed gives the same trials.</param>
    /// <param name="trials">Its own trials so far, numbered from 0.</param>
    /// <param name="earlier">Trials of earlier sweeps that a model may learn from (warm start).</param>
    public Study(SweepConfig config, long seed, IEnumerable<SweepTrial> trials, IEnumerable<SweepTrial> earlier)
    {
        (Config, Seed) = (config, seed);
        _trials = [.. trials];
        _earlier = [.. earlier];
        _search = SearchFactory.Of(config);
        _halving = config.Halving is { } halving ? new SuccessiveHalving(halving, config.Metric!) : null;
    }

    /// <summary>The sweep.</summary>
    public SweepConfig Config { get; }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>The trials in the order of asking.</summary>
    public IReadOnlyList<SweepTrial> Trials => _trials;

    /// <summary>Number of the best trial, or null where none has a value; with several metrics the first of the front.</summary>
    public int? Best => Ranking.Best(Config, _trials)?.Number;

    /// <summary>Numbers of the trials that no other one beats in all metrics.</summary>
    public IReadOnlyList<int> Front => [.. Ranking.Front(Config, _trials).Select(t => t.Number)];

    /// <summary>The next trial, which then counts as running; null where the grid or the greatest number of trials is used
    /// up, or where the target has been met.</summary>
    public SweepTrial? Ask()
    {
        if (_trials.Count >= Config.MaxTrials || Ranking.IsTargetMet(Config, _trials))
        {
            return null;
        }

        var trial = _halving?.Promotable(_trials) is { } promoted ? Promote(promoted) : Begin();
        if (trial is not null)
        {
            _trials.Add(trial);
        }

        return trial;
    }

    /// <summary>What is wrong with parameters that somebody gives; nothing where a trial can be made of them.</summary>
    public IReadOnlyList<string> Check(JsonObject parameters) =>
        SpaceCheck.Faults(SearchSpace.Of(Config.Parameters), parameters, _halving is { } halving ? string.Join('.', halving.Path) : null);

    /// <summary>Begins a trial of given parameters, which then counts as running. The search learns from it as from its own.</summary>
    public SweepTrial Add(JsonObject parameters)
    {
        var given = parameters.DeepClone().AsObject();
        if (_halving is not null && !SearchSpace.Find(given, _halving.Path, out _))
        {
            SearchSpace.Put(given, _halving.Path, JsonValue.Create(_halving.Budgets[0]));
        }

        var trial = new SweepTrial(_trials.Count, given);
        _trials.Add(trial);
        return trial;
    }

    /// <summary>Takes a value on the way.</summary>
    /// <returns>Whether the trial should end now.</returns>
    /// <exception cref="StudyException">No such trial runs.</exception>
    public bool Report(int number, TrialReport report)
    {
        var trial = Running(number);
        _trials[number] = trial with { History = [.. trial.History, report] };
        return Config.EarlyTerminate is { } hyperband
            && Hyperband.Judge(hyperband, Config.Metric!, _trials).Stopped.Any(t => t.Number == number);
    }

    /// <summary>Takes the end of a trial.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="values">A value for each metric; NaN where there is none.</param>
    /// <exception cref="StudyException">No such trial runs.</exception>
    public void Tell(int number, TrialState state, IReadOnlyList<double> values) =>
        _trials[number] = Running(number) with { State = state, Values = values };

    private SweepTrial Running(int number) =>
        number < 0 || number >= _trials.Count ? throw new StudyException($"there is no trial {number}: the last one is {_trials.Count - 1}.")
        : _trials[number].State == TrialState.Running ? _trials[number]
        : throw new StudyException($"trial {number} has ended already ({_trials[number].State.ToString().ToLowerInvariant()}).");

    private SweepTrial? Begin()
    {
        IReadOnlyList<SweepTrial> seen = Config.Method == SweepMethod.Grid ? _trials : [.. _earlier, .. _trials.Where(t => t.Rung == 0)];
        if (_search.Suggest(new SearchState(seen, _trials.Count, Seed)) is not { } parameters)
        {
            return null;
        }

        if (_halving is not null)
        {
            SearchSpace.Put(parameters, _halving.Path, JsonValue.Create(_halving.Budgets[0]));
        }

        return new SweepTrial(_trials.Count, parameters);
    }

    private SweepTrial Promote(SweepTrial trial)
    {
        var parameters = trial.Parameters.DeepClone().AsObject();
        SearchSpace.Put(parameters, _halving!.Path, JsonValue.Create(_halving.Budgets[trial.Rung + 1]));
        return new SweepTrial(_trials.Count, parameters) { Rung = trial.Rung + 1, PromotedFrom = trial.Number };
    }
}

/// <summary>Something was asked of a study that it cannot do; nothing has changed.</summary>
/// <param name="message">What and why.</param>
public sealed class StudyException(string message) : Exception(message);
