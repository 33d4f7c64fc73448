using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Logs;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Core.Tests.Logs;

[SuppressMessage("Security", "CA5394", Justification = "Chance is for test inputs.")]
public class LogWatchTests
{
    private const string IssuePattern = @"step (?<step>\d+) loss (?<loss>[-+.\deE]+|nan)";

    [Fact]
    public void A_pattern_of_the_YAML_gives_step_and_metrics()
    {
        var found = Find([Rule("pattern", IssuePattern)], "warming up\nstep 3 loss 0.25\nstep 4 loss nan\nstep 5 loss -1e-3");
        found.Select(f => (f.ByteOffset, f.Step, f.Metrics["loss"])).ShouldBe([(11, 3, 0.25), (28, 4, double.NaN), (44, 5, -0.001)]);
    }

    [Fact]
    public void The_syntax_of_Python_is_read_too()
    {
        var found = Find([Rule("pattern", @"(?P<epoch>\d+)/10 \(?P<(?P<acc>[\d.]+)")], "3/10 (P<0.5");
        found.ShouldHaveSingleItem().Metrics["acc"].ShouldBe(0.5);
        found[0].Epoch.ShouldBe(3);
    }

    [Fact]
    public void Offsets_are_bytes_also_behind_wide_characters_and_broken_ones()
    {
        byte[] log = [.. "größe 😀 step 1 loss 2\n"u8, 0xff, 0xc3, .. " step 2 loss 3\n"u8];
        var watcher = new LogWatch([Rule("pattern", IssuePattern)]).Open("stdout");
        var found = watcher.Read(log);
        found.Select(f => f.TextOffset).ShouldBe([log.AsSpan().IndexOf("step 1"u8), log.AsSpan().IndexOf("step 2"u8)]);
    }

    [Fact]
    public void NaN_fails_the_job_only_where_its_rule_says_so()
    {
        Find([Rule("pattern", IssuePattern)], "step 1 loss nan").ShouldHaveSingleItem().Failure.ShouldBeNull();
        Find([Rule("pattern", IssuePattern) with { FailOnNan = true }], "step 1 loss nan").ShouldHaveSingleItem().Failure.ShouldNotBeNull().ShouldContain("loss");
        Find([Rule("pattern", IssuePattern) with { FailOnNan = true }], "step 1 loss 1").ShouldHaveSingleItem().Failure.ShouldBeNull();
    }

    [Fact]
    public void A_rule_for_one_stream_leaves_the_other_alone()
    {
        var watch = new LogWatch([Rule("pattern", IssuePattern) with { Stream = "stderr" }]);
        watch.Open("stdout").Read("step 1 loss 1\n"u8).ShouldBeEmpty();
        watch.Open("stderr").Read("step 1 loss 1\n"u8).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(@"(?<loss>(a+)+)$")]
    [InlineData(@"(?=(?<loss>(a+)+$))")] // a look-ahead needs backtracking: the time limit holds
    public void A_pattern_that_would_backtrack_for_ever_lets_the_watcher_go_on(string pattern)
    {
        var watcher = new LogWatch([Rule("pattern", pattern), Rule("format", "plain")]).Open("stdout");
        watcher.Read(Encoding.ASCII.GetBytes(new string('a', 50_000) + "!\nstep 7 loss 1\n")).ShouldHaveSingleItem().Step.ShouldBe(7);
    }

    [Fact]
    public void A_line_without_end_is_passed_over_and_not_kept()
    {
        var watcher = new LogWatch([]).Open("stdout");
        var portion = new byte[1 << 20];
        portion.AsSpan().Fill((byte)'x');
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 64; i++)
        {
            watcher.Read(portion).ShouldBeEmpty();
        }

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(8 << 20);
        var found = watcher.Read("\nstep 1 loss 2\n"u8).ShouldHaveSingleItem();
        found.ByteOffset.ShouldBe((64L << 20) + 1);
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [InlineData("hf-eval")]
    [InlineData("pl-pty")]
    [InlineData("accelerate-pty")]
    [InlineData("fasttext-threads2")]
    public void Going_on_from_its_position_loses_nothing_and_names_findings_alike(string name)
    {
        var reference = ReferenceCase.Read(name);
        var random = new Random(5);
        var whole = reference.Watch(new LogWatch([]), 4096).Select(f => (f.Stream, f.TextOffset)).ToHashSet();
        for (var trial = 0; trial < 50; trial++)
        {
            var found = new HashSet<(string, long)>();
            foreach (var (stream, bytes) in new[] { ("stdout", reference.Stdout), ("stderr", reference.Stderr) })
            {
                var cut = random.Next(bytes.Length + 1);
                var first = new LogWatch([]).Open(stream);
                found.UnionWith(first.Read(bytes.AsSpan(0, cut)).Select(f => (f.Stream, f.TextOffset)));
                var second = new LogWatch([]).Open(stream, first.Position);
                found.UnionWith(second.Read(bytes.AsSpan((int)first.Position.Offset)).Select(f => (f.Stream, f.TextOffset)));
                found.UnionWith(second.Complete().Select(f => (f.Stream, f.TextOffset)));
            }

            found.IsSupersetOf(whole).ShouldBeTrue($"{name}, trial {trial}");
        }
    }

    [Theory]
    [InlineData("{\"step\": 3, \"loss\": NaN, \"eval\": {\"f1\": 0.5}, \"ok\": true}", 3d)]
    [InlineData("{\"iter\": 3, \"mode\": \"eval\", \"loss\": \"nan\", \"eval.f1\": 0.5}", null)]
    public void Lines_of_JSON_give_numbers_with_dotted_names(string line, double? step)
    {
        var finding = Find([Rule("format", "json")], line).ShouldHaveSingleItem();
        finding.Metrics["loss"].ShouldBe(double.NaN);
        finding.Metrics["eval.f1"].ShouldBe(0.5);
        finding.Step.ShouldBe(step);
    }

    [Fact]
    public void Trinity_prints_a_dict_behind_its_monitor()
    {
        const string Line = "(Trainer pid=3839503) INFO 05-08 11:11:13 monitor.py:96] Step 12: {'perf/throughput': 103.5, 'actor/loss': np.float64(-0.25), 'note': 'x'}";
        var finding = Find([], Line).ShouldHaveSingleItem();
        finding.Step.ShouldBe(12);
        finding.Metrics.ShouldBe(new Dictionary<string, double?> { ["perf/throughput"] = 103.5, ["actor/loss"] = -0.25 });
    }

    [Theory]
    [InlineData("Epoch 3: loss=0.5, acc=0.75")]
    [InlineData("2026-11-23 17:34:47,699 - train - INFO - epoch 3 loss: 0.5 acc: 0.75")]
    [InlineData("epoch: 3 | loss: 0.5 | acc: 0.75")]
    [InlineData("epoch [3/10], loss 0.5, acc 0.75")]
    public void What_scripts_print_by_hand_is_found(string line)
    {
        var finding = Find([], line).ShouldHaveSingleItem();
        finding.Epoch.ShouldBe(3);
        finding.Metrics.ShouldBe(new Dictionary<string, double?> { ["loss"] = 0.5, ["acc"] = 0.75 });
    }

    [Theory]
    [InlineData("Saving checkpoint at step 100 took 3.2 s")]
    [InlineData("step 3 of 5")]
    [InlineData("{\"lr\": 0.1, \"epochs_total\": 3}")]
    [InlineData("{'a': 1}")]
    [InlineData("100%|##########| 10/10 [00:00<00:00, 16384.00it/s, Materializing param=model.embed]")]
    [InlineData("UserWarning: only a warning: loss 9.9")]
    public void What_only_looks_like_a_metric_is_left(string line) => Find([], line).ShouldBeEmpty();

    [Fact]
    public void Time_stamps_are_kept() =>
        Find([], "2026-11-23 17:34:47,708 - modelscope - INFO - epoch [1][2/6]\tlr: 1.000e-01, loss: 0.4645").ShouldHaveSingleItem()
            .Time.ShouldBe(new DateTime(2026, 11, 23, 17, 34, 47, 708, DateTimeKind.Unspecified));

    [Fact]
    public void All_faults_of_rules_are_told_at_once()
    {
        var faults = new List<OptionFault>();
        OptionsBinder.Bind(typeof(Watching), JsonNode.Parse("""
            {"watch": [{"pattern": "loss (\\d+)"}, {"pattern": "("}, {"format": "hugginface"}, {"format": "json", "pattern": "(?<a>.)"}, {"stream": "log", "format": "json"}, {}]}
            """)!.AsObject(), faults);
        faults.Count.ShouldBe(6);
        faults.ShouldContain(f => f.Message.Contains("Did you mean \"huggingface\"?", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_bytes_are_no_findings_and_no_errors()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 200; trial++)
        {
            var bytes = new byte[random.Next(2000)];
            random.NextBytes(bytes);
            var watcher = new LogWatch([]).Open("stdout");
            watcher.Read(bytes);
            watcher.Complete();
            watcher.Position.Offset.ShouldBe(bytes.Length);
        }
    }

    [Fact]
    public void An_unknown_format_is_refused_with_what_was_meant() =>
        Should.Throw<FaultException>(() => new LogWatch([new WatchRule { Format = "lightnin" }]).Open("stdout")).Message.ShouldContain("lightning");

    private static WatchRule Rule(string key, string value) => key == "pattern" ? new WatchRule { Pattern = value } : new WatchRule { Format = value };

    private static List<LogFinding> Find(IReadOnlyList<WatchRule> rules, string log)
    {
        var watcher = new LogWatch(rules).Open("stdout");
        return [.. watcher.Read(Encoding.UTF8.GetBytes(log)), .. watcher.Complete()];
    }

    private sealed record Watching
    {
        [Option("watch")]
        public IReadOnlyList<WatchRule> Watch { get; init; } = [];
    }
}
