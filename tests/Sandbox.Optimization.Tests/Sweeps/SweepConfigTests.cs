using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Sweeps;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests.Sweeps;

public sealed class SweepConfigTests
{
    // Refused by W&B's schema, though its engine runs them and Data-Juicer ships them.
    private static readonly string[] AcceptedHere = ["unknown top key", "sweep_max_count (Data-Juicer's)", "metrics without custom"];

    // Accepted by W&B's schema, and refused at the first suggestion, or in need of a scheduler of one's own.
    private static readonly string[] RefusedHere =
    [
        "bayes without a metric passes the schema", "grid with a uniform passes the schema",
        "method custom with scheduler", "metrics with custom", "nested min above max",
    ];

    [ReferenceFact("upstream-runs/search/sweep-config-cases.json")]
    public void Real_sweep_configs_are_accepted_and_refused_as_by_their_own_program()
    {
        var cases = JsonNode.Parse(File.ReadAllText(Reference.Find("upstream-runs/search/sweep-config-cases.json")!))!["cases"]!.AsArray();
        cases.Count.ShouldBeGreaterThan(50);
        foreach (var item in cases)
        {
            var id = item!["id"]!.GetValue<string>();
            var (sweep, faults) = Parse(item["config"]!.ToJsonString());
            var expected = (item["valid"]!.GetValue<bool>() || AcceptedHere.Contains(id)) && !RefusedHere.Contains(id);
            (sweep is not null).ShouldBe(expected, $"{id}: {string.Join("; ", faults)}");
            faults.ShouldAllBe(f => f.Location!.Line > 0);
        }
    }

    [ReferenceFact("upstream-runs/search/sweep-config-cases.json")]
    public void Distributions_that_no_key_names_are_inferred()
    {
        var cases = JsonNode.Parse(File.ReadAllText(Reference.Find("upstream-runs/search/sweep-config-cases.json")!))!["cases"]!.AsArray();
        var every = cases.Single(c => c!["id"]!.GetValue<string>() == "random with every kind")!;
        var sweep = Parse(every["config"]!.ToJsonString()).Sweep.ShouldNotBeNull();
        foreach (var parameter in sweep.Parameters)
        {
            var filled = every["filled"]!["parameters"]![parameter.Name]!;
            var distribution = parameter.Distribution.ShouldNotBeNull();
            distribution.Kind.ShouldBe(filled["distribution"]!.GetValue<string>());
            if (filled["q"] is { } q)
            {
                distribution.Q.ShouldBe(q.GetValue<double>());
            }
        }
    }

    [Fact]
    public void Data_juicers_own_sweep_file_is_read()
    {
        var (sweep, faults) = Parse("""
            sweep_name: hpo_for_data-juicer
            sweep_max_count: 1000
            method: bayes
            metric:
              name: quality_score
              goal: maximize
            parameters:
              character_repetition_filter.rep_len:
                  values: [2, 4, 8, 16]
              text_length_filter.min_len:
                  distribution: q_log_uniform_values
                  min: 256
                  max: 8192
            early_terminate:
              type: hyperband
              max_iter: 27
              s: 2
            """);

        faults.ShouldBeEmpty();
        sweep.ShouldNotBeNull();
        sweep.Name.ShouldBe("hpo_for_data-juicer");
        sweep.Method.ShouldBe(SweepMethod.Bayes);
        sweep.Metric.ShouldBe(new SweepMetric("quality_score", IsMaximized: true, Target: null));
        sweep.MaxTrials.ShouldBe(1000);
        sweep.EarlyTerminate.ShouldBe(new HyperbandConfig(null, 27, 2, 3, IsStrict: true));
        sweep.Parameters[0].Distribution!.Values.Select(v => v!.GetValue<int>()).ShouldBe([2, 4, 8, 16]);
        sweep.Parameters[1].Distribution!.Max.ShouldBe(8192);
    }

    [Fact]
    public void All_faults_are_told_at_once_with_their_places()
    {
        var (_, faults) = Parse("""
            methd: grid
            metric: {name: l, goal: target}
            parameters:
              a: {min: 2, max: 1}
              b:
                parameters:
                  c: {distribution: unifrom, min: 0, max: 1}
              d: 3
            early_terminate: {type: hyperband}
            run_cap: 0
            """);

        faults.Select(f => f.ToString()).Order(StringComparer.Ordinal).ShouldBe(
        [
            "s.yaml:10:10: sweep: \"run_cap\" must be a whole number from 1, not 0.",
            "s.yaml:1:1: sweep: \"method\" is missing: it is one of grid, random, bayes, tpe.",
            "s.yaml:1:1: sweep: has no key \"methd\": it has method, metric, parameters, early_terminate, run_cap, name, description, program, command, project, entity, controller, apiVersion, kind, sweep_name, sweep_max_count, metrics, scheduler, successive_halving, warm_start, workers, seed, cache. Did you mean \"method\"?",
            "s.yaml:2:25: metric: \"goal\" must be one of minimize, maximize, not the text \"target\". For a value to reach, add \"target: NUMBER\" beside the goal.",
            "s.yaml:4:12: parameter \"a\": min 2 is not less than max 1.",
            "s.yaml:7:25: parameter \"c\": \"distribution\" must be one of constant, categorical, categorical_w_probabilities, int_uniform, uniform, q_uniform, log_uniform_values, q_log_uniform_values, inv_log_uniform_values, normal, q_normal, log_normal, q_log_normal, beta, q_beta, not the text \"unifrom\". Did you mean \"uniform\"?",
            "s.yaml:8:6: parameter \"d\" must be a mapping, not 3. Write {value: …} for one value, {values: [ … ]} for several.",
            "s.yaml:9:1: early_terminate: needs \"min_iter\", or \"max_iter\" and \"s\".",
        ]);
    }

    [Fact]
    public void Any_mapping_gives_a_sweep_or_faults()
    {
        var random = new Random(4);
        string[] keys = ["method", "metric", "parameters", "early_terminate", "run_cap", "a", "distribution", "min", "max", "values", "value", "probabilities", "q", "type", "eta", "s", "max_iter", "name"];
        object?[] values = ["grid", "bayes", "uniform", "normal", "hyperband", 0, 1, -1, 1.5, double.MaxValue, true, null, ""];
        for (var i = 0; i < 2000; i++)
        {
            var (sweep, faults) = Parse(JsonSerializer.Serialize(Value(0)));
            (sweep is null).ShouldBe(faults.Count > 0);
        }

        object? Value(int depth) => random.Next(depth > 4 ? 1 : 4) switch
        {
            0 when depth > 0 => values[random.Next(values.Length)],
            1 when depth > 0 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1)).ToList(),
            _ => Enumerable.Range(0, random.Next(7)).Select(_ => keys[random.Next(keys.Length)]).Distinct(StringComparer.Ordinal)
                .ToDictionary(k => k, _ => Value(depth + 1), StringComparer.Ordinal),
        };
    }

    private static (SweepConfig? Sweep, List<Fault> Faults) Parse(string yaml)
    {
        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(yaml, "s.yaml", faults);
        return (node is null ? null : SweepConfig.Parse(node, faults), faults);
    }
}
