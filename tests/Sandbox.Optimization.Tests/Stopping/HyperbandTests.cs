using System.Text.Json.Nodes;
using Sandbox.Optimization.Stopping;
using Sandbox.Optimization.Studies;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests.Stopping;

public sealed class HyperbandTests
{
    // Read leniently by the program where nobody checks the configuration first; here it always is checked.
    private static readonly string[] OnlyUnchecked =
        ["an unknown goal means minimize when not validated", "unknown keys are dropped when not validated", "refused? max_iter 9.0"];

    [ReferenceFact("upstream-runs/search/hyperband-cases.json")]
    public void Trials_are_stopped_as_by_the_original_program()
    {
        var cases = Cases.Load("hyperband-cases.json")["cases"]!.AsArray();
        cases.Count.ShouldBe(105);
        foreach (var item in cases)
        {
            var id = item!["id"]!.GetValue<string>();
            var expected = item["expected"]!;
            var (sweep, faults) = Cases.TrySweep(item["config"]!.ToJsonString());
            if (expected["error"] is not null || OnlyUnchecked.Contains(id))
            {
                (faults.Count > 0 || sweep?.EarlyTerminate is null).ShouldBeTrue(id);
                continue;
            }

            var metric = sweep.ShouldNotBeNull($"{id}: {string.Join("; ", faults)}").Metric!;
            var runs = item["runs"]!.AsArray();
            var verdict = Hyperband.Judge(
                sweep.EarlyTerminate!, metric,
                [.. runs.Select((r, i) => Cases.Trial(i, r!["state"]!, r["history"]!.AsArray().Select(row => Cases.Number(row![metric.Name]))))]);

            verdict.Stopped.Select(t => runs[t.Number]!["name"]!.GetValue<string>()).ShouldBe(expected["stopped"]!.AsArray().Select(n => n!.GetValue<string>()), id);
            if (expected["bands"] is { } bands)
            {
                verdict.Bands.Count.ShouldBe(expected["band_count"]!.GetValue<int>(), id);
                verdict.Bands.Take(12).ShouldBe(bands.AsArray().Select(b => b!.GetValue<double>()), id);
                verdict.Thresholds.Take(12).ShouldBe(
                    expected["thresholds"]!.AsArray().Select(t => t is null ? double.PositiveInfinity : t.GetValue<double>()), id);
            }
        }
    }

    [ReferenceFact("upstream-runs/search/hyperband-cases.json")]
    public void Whole_sweeps_lose_the_same_trials_at_the_same_steps()
    {
        foreach (var timeline in Cases.Load("hyperband-cases.json")["timelines"]!.AsArray())
        {
            var sweep = Cases.Sweep(timeline!["config"]!.ToJsonString());
            var study = new Study(sweep, 0, [], []);
            var curves = timeline["curves"]!.AsObject().Select(c => (Name: c.Key, Values: c.Value!.AsArray().Select(v => v!.GetValue<double>()).ToList())).ToList();
            foreach (var _ in curves)
            {
                study.Ask();
            }

            var stops = new List<string>();
            for (var round = 0; round < 60; round++)
            {
                var alive = Enumerable.Range(0, curves.Count).Where(i => study.Trials[i].State == TrialState.Running
                    && timeline["first_round"]![curves[i].Name]!.GetValue<int>() <= round && study.Trials[i].History.Count < curves[i].Values.Count).ToList();
                foreach (var i in alive)
                {
                    study.Report(i, new TrialReport(round, curves[i].Values[study.Trials[i].History.Count]));
                }

                var stopped = Hyperband.Judge(sweep.EarlyTerminate!, sweep.Metric!, study.Trials).Stopped;
                foreach (var trial in stopped)
                {
                    stops.Add($"{round} {curves[trial.Number].Name} {trial.History.Count}");
                }

                foreach (var trial in stopped)
                {
                    study.Tell(trial.Number, TrialState.Stopped, []);
                }

                // A trial that has come to its end is no longer running.
                foreach (var i in alive.Where(i => study.Trials[i].State == TrialState.Running && study.Trials[i].History.Count == curves[i].Values.Count))
                {
                    study.Tell(i, TrialState.Finished, []);
                }
            }

            stops.ShouldBe(timeline["stops"]!.AsArray().Select(s => $"{s!["round"]} {s["name"]} {s["step"]}"), timeline["id"]!.GetValue<string>());
        }
    }

    [Fact]
    public void A_report_says_whether_to_stop()
    {
        var study = new Study(
            Cases.Sweep("{method: random, metric: {name: l}, early_terminate: {type: hyperband, max_iter: 6, s: 1, eta: 3}, parameters: {a: {min: 0.0, max: 1.0}}}"), 0, [], []);
        var (good, poor) = (study.Ask()!.Number, study.Ask()!.Number);
        study.Report(good, new TrialReport(0, 1)).ShouldBeFalse();
        study.Report(good, new TrialReport(1, 1)).ShouldBeFalse();
        study.Report(poor, new TrialReport(0, 9)).ShouldBeFalse();
        study.Report(poor, new TrialReport(1, 9)).ShouldBeTrue();
    }
}
