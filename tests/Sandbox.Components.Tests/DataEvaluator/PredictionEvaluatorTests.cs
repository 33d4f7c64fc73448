using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator;

public sealed class PredictionEvaluatorTests : IDisposable
{
    private const string Hook = "EvaluateDataHook";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Accuracy_compares_what_python_would_print()
    {
        var path = _bench.Write("p.jsonl", """
            {"p":"1","t":1}
            {"p":null,"t":"None"}
            {"p":true,"t":"True"}
            {"p":"1.0","t":"1"}

            """);
        var result = await _bench.RunAsync(Hook, "hits", null, Accuracy(path));
        result.Values[0]!.ToJsonString().ShouldBe("""[{"pred_path":"./p.jsonl","gt_path":"./p.jsonl","accuracy":0.75}]""");
        result.Values[1]!.GetValue<double>().ShouldBe(0.75);
        _bench.Watcher.Results.ShouldHaveSingleItem().Key.ShouldBe("hits");
        _bench.Watcher.Results[0].Value!.AsArray().Count.ShouldBe(2);
        _bench.Watcher.Metrics.ShouldContain(m => m.Name == "hits.max_accuracy" && m.Value == 0.75);
    }

    [Fact]
    public async Task Whole_numbers_beside_fractions_in_a_column_read_as_floats()
    {
        var path = _bench.Write("p.jsonl", """
            {"p":1,"t":"1.0"}
            {"p":2.5,"t":"2.5"}
            {"p":null,"t":"None"}
            """);
        (await _bench.RunAsync(Hook, "hits", null, Accuracy(path))).Values[1]!.GetValue<double>().ShouldBe(1);
        path = _bench.Write("q.jsonl", """{"p":1,"t":"1.0"}""" + "\n" + """{"p":2,"t":"2"}""");
        (await _bench.RunAsync(Hook, "hits", null, Accuracy(path))).Values[1]!.GetValue<double>().ShouldBe(0.5);
    }

    [Fact]
    public async Task Truth_may_stand_in_files_of_its_own_and_the_shorter_file_ends_a_pair()
    {
        var options = Accuracy(_bench.Write("p.jsonl", """{"p":"a"}""" + "\n" + """{"p":"b"}"""));
        options["ground_truth_dataset_path"] = _bench.Write("t.jsonl", """{"t":"a"}""");
        (await _bench.RunAsync(Hook, "hits", null, options)).Values[1]!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public async Task Mse_counts_text_that_is_no_number_and_leaves_it_out()
    {
        var path = _bench.Write("p.jsonl", """
            {"v":{"p":" 1.5 "},"t":1}
            {"v":{"p":"five"},"t":1}
            {"v":{"p":2},"t":"1_0"}
            """);
        var result = await _bench.RunAsync(Hook, "error", null, JobBench.Json(
            $$"""{"type":"mse","predicted_dataset_path":["{{path}}"],"predicted_value_key":"v.p","ground_truth_value_key":"t"}"""));
        result.Values[0]!.ToJsonString().ShouldBe("""[{"pred_path":"./p.jsonl","gt_path":"./p.jsonl","mse":32.125,"format_error":1}]""");
        result.Values[1]!.GetValue<double>().ShouldBe(32.125);
    }

    [Fact]
    public async Task A_missing_number_fails_and_names_the_row()
    {
        var path = _bench.Write("p.jsonl", """{"p":1,"t":1}""" + "\n" + """{"p":null,"t":1}""");
        (await _bench.FailureOfAsync(Hook, null, Mse(path))).ShouldBe("./p.jsonl, row 2: \"p\" is missing or null, where a number is needed.");
    }

    [Fact]
    public async Task Nothing_to_compare_is_a_clear_failure()
    {
        (await _bench.FailureOfAsync(Hook, null, Accuracy(_bench.Write("empty.jsonl", "")))).ShouldContain("there is nothing to evaluate");
        (await _bench.FailureOfAsync(Hook, null, Mse(_bench.Write("x.jsonl", """{"p":"x","t":1}""")))).ShouldContain("1 rows are not numbers");
        (await _bench.FailureOfAsync(Hook, null, Accuracy("./gone.jsonl"))).ShouldBe("none of the data sets to evaluate exists: ./gone.jsonl.");
    }

    [Fact]
    public async Task Of_several_data_sets_the_largest_accuracy_and_the_smallest_error_win_and_absent_ones_are_left_out()
    {
        var (good, bad) = (_bench.Write("good.jsonl", """{"p":1,"t":1}"""), _bench.Write("bad.jsonl", """{"p":3,"t":1}"""));
        (await _bench.RunAsync(Hook, "a", null, Accuracy(bad, "gone.jsonl", good))).Values[1]!.GetValue<double>().ShouldBe(1);
        var mse = await _bench.RunAsync(Hook, "m", null, Mse(bad, good));
        mse.Values[0]!.AsArray().Count.ShouldBe(2);
        mse.Values[1]!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_a_number_stays_the_smallest_where_it_came_first()
    {
        var (nan, good) = (_bench.Write("nan.jsonl", """{"p":"nan","t":1}"""), _bench.Write("good.jsonl", """{"p":1,"t":1}"""));
        (await _bench.RunAsync(Hook, "m", null, Mse(nan, good))).Values[1]!.GetValue<double>().ShouldBe(double.NaN);
        (await _bench.RunAsync(Hook, "m", null, Mse(good, nan))).Values[1]!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public async Task Squares_that_overflow_give_infinity_as_upstream_and_a_warning()
    {
        var path = _bench.Write("p.jsonl", """{"p":1e308,"t":-1e308}""");
        var result = await _bench.RunAsync(Hook, "m", null, Mse(path));
        result.Values[0]![0]!["mse"]!.GetValue<double>().ShouldBe(double.PositiveInfinity);
        result.Values[1]!.GetValue<double>().ShouldBe(double.PositiveInfinity);
        _bench.Log.Entries.ShouldContain(e => e == "Warning: ./p.jsonl: the mean squared error is Infinity: a row holds NaN or an infinity, or the squares are too large to add up");
    }

    [Fact]
    public async Task Malformed_rows_up_to_the_limit_are_left_out_of_both_data_sets_counted_and_told()
    {
        var predictions = _bench.Write("p.jsonl", """{"p":1}""" + "\n" + """{"p":""" + "\n" + """{"p":3}""" + "\n" + """{"p":4}""");
        var options = Mse(predictions);
        options["ground_truth_dataset_path"] = _bench.Write("t.jsonl", """{"t":1}""" + "\n" + """{"t":9}""" + "\n" + """{"t":3}""" + "\n" + """{"t":6}""");
        (await _bench.FailureOfAsync(Hook, null, options.DeepClone().AsObject())).ShouldStartWith("./p.jsonl:2: ");
        options["max_bad_rows"] = 1;
        var result = await _bench.RunAsync(Hook, "m", null, options);
        result.Values[1]!.GetValue<double>().ShouldBe(4.0 / 3);
        result.Values[0]![0]!["bad_rows"]!.GetValue<long>().ShouldBe(1);
        _bench.Log.Entries.ShouldContain(e => e.StartsWith("Warning: Malformed row skipped: ./p.jsonl:2", StringComparison.Ordinal));
        _bench.Watcher.Metrics.ShouldContain(m => m.Name == "m.bad_rows" && m.Value == 1);
    }

    [Fact]
    public async Task Accuracy_takes_a_share_of_malformed_rows()
    {
        var options = Accuracy(_bench.Write("p.jsonl", """{"p":1,"t":1}""" + "\n" + "{" + "\n" + """{"p":1,"t":2}"""));
        options["max_bad_rows"] = 0.3;
        (await _bench.FailureOfAsync(Hook, null, options.DeepClone().AsObject())).ShouldStartWith("1 of 3 rows are malformed, more than the share of 0.3");
        options["max_bad_rows"] = 0.4;
        (await _bench.RunAsync(Hook, "a", null, options)).Values[1]!.GetValue<double>().ShouldBe(0.5);
    }

    [Fact]
    public async Task Wrong_options_are_all_said_at_once() =>
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json("""{"type":"mse","predicted_dataset_path":["a","b"],"ground_truth_dataset_path":"c","k":1}""")))
            .ShouldSatisfyAllConditions(
                m => m.ShouldContain("extra_configs.k: unknown option"),
                m => m.ShouldContain("extra_configs.predicted_value_key"),
                m => m.ShouldContain("extra_configs.ground_truth_value_key"),
                m => m.ShouldContain("1 ground-truth data sets for 2"));

    [ReferenceFact("upstream-runs/data-juicer/inputs/predictions.jsonl")]
    public async Task Figures_are_those_of_upstream()
    {
        var path = Reference.Find("upstream-runs/data-juicer/inputs/predictions.jsonl")!;
        var mse = await _bench.RunAsync(Hook, "error", null, JobBench.Json(
            $$"""{"type":"mse","predicted_dataset_path":"{{path}}","predicted_value_key":"prediction","ground_truth_value_key":"truth"}"""));
        mse.Values[1]!.GetValue<double>().ShouldBe(0.054589843749999985, 1e-15);
        var accuracy = await _bench.RunAsync(Hook, "hits", null, JobBench.Json(
            $$"""{"type":"accuracy","predicted_dataset_path":"{{path}}","predicted_label_key":"answer","ground_truth_label_key":"label"}"""));
        accuracy.Values[1]!.GetValue<double>().ShouldBe(0.5);
    }

    private static JsonObject Accuracy(params string[] paths) => new()
    {
        ["type"] = "accuracy",
        ["predicted_dataset_path"] = new JsonArray([.. paths.Select(p => JsonValue.Create(p))]),
        ["predicted_label_key"] = "p",
        ["ground_truth_label_key"] = "t",
    };

    private static JsonObject Mse(params string[] paths) => new()
    {
        ["type"] = "mse",
        ["predicted_dataset_path"] = new JsonArray([.. paths.Select(p => JsonValue.Create(p))]),
        ["predicted_value_key"] = "p",
        ["ground_truth_value_key"] = "t",
    };
}
