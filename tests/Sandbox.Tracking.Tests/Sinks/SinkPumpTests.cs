using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Core.Tracking;
using Sandbox.Tracking.Sinks;
using Sandbox.Tracking.Sinks.Mlflow;
using Sandbox.Tracking.Sinks.Text;

namespace Sandbox.Tracking.Tests.Sinks;

public sealed class SinkPumpTests : TrackingFixture
{
    private static readonly SinkRun Run = new("run", "demo", "first", null, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task What_could_not_be_sent_is_kept_and_sent_later_once_and_in_order()
    {
        var tool = new FlakyTool { IsDown = true };
        await RecordAsync(1, 2);
        (await Pump(tool).FinishAsync(0)).ShouldHaveSingleItem().ShouldContain("out of order");
        tool.Values.ShouldBeEmpty();

        tool.IsDown = false;
        await RecordAsync(3);
        (await Pump(tool).FinishAsync(0)).ShouldBeEmpty();
        tool.Values.ShouldBe([1, 2, 3]);
        tool.ExitCodes.ShouldBe([0]);
        (await Pump(tool).FinishAsync(0)).ShouldBeEmpty();
        tool.Values.ShouldBe([1, 2, 3]);
        tool.ExitCodes.ShouldBe([0]);
    }

    [Fact]
    public async Task A_file_has_each_row_once_although_the_process_died_before_its_progress_was_kept()
    {
        var directory = Path.Combine(Path.GetDirectoryName(DatabasePath)!, "out");
        var sink = new JsonLinesSink(directory);
        await RecordAsync(1, 2);
        var progress = await Store.Progress.FindAsync("run", "file", default);
        var (metrics, _) = await Store.Progress.NewAsync(progress, default);

        // Written, and then the process dies.
        await sink.WriteAsync(new SinkBatch(Run, metrics, [], null), [], default);
        await RecordAsync(3);
        await new SinkPump(Store.Progress, Run, [new NamedSink("file", sink)], Time, NullLogger.Instance).FinishAsync(0);

        File.ReadAllLines(Path.Combine(directory, "run.jsonl")).Select(l => JsonNode.Parse(l)!["value"]!.GetValue<double>()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Mlflow_gets_experiment_run_parameters_metrics_in_batches_and_the_end()
    {
        var server = new MlflowServer();
        await RecordAsync([.. Enumerable.Range(0, 2500).Select(i => (double)i)]);
        await RecordAsync(double.NaN);
        var watcher = Watcher();
        watcher.WatchConfigs("main.train", new JsonObject { ["lr"] = 0.5, ["layers"] = new JsonArray(64, 32) });
        await WriteAsync(watcher.Drain(AttemptStanding.Running));
        using var client = new HttpClient(server) { BaseAddress = new Uri("http://mlflow.test/") };
        await new SinkPump(Store.Progress, Run, [new NamedSink("mlflow", new MlflowRestSink(client))], Time, NullLogger.Instance).FinishAsync(0);

        server.Metrics.Count.ShouldBe(2501);
        server.LargestBatch.ShouldBeLessThanOrEqualTo(1000);
        server.Metrics[^1]!["value"]!.GetValue<string>().ShouldBe("NaN");
        server.Parameters["main.train.lr"].ShouldBe("0.5");
        server.Parameters["main.train.layers.1"].ShouldBe("32");
        server.Status.ShouldBe("FINISHED");
        server.Created.ShouldBe(1);
    }

    [Fact]
    public async Task Mlflows_file_store_has_a_line_a_value_as_mlflow_writes_it()
    {
        var root = Path.Combine(Path.GetDirectoryName(DatabasePath)!, "mlruns");
        await RecordAsync(1, 0.5, double.NaN, double.PositiveInfinity, 5e-324);
        await new SinkPump(Store.Progress, Run, [new NamedSink("mlflow", new MlflowFileSink(root))], Time, NullLogger.Instance).FinishAsync(1);

        var run = Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories).Single();
        File.ReadAllLines(Path.Combine(run, "metrics", "main.loss")).Select(l => string.Join(' ', l.Split(' ')[1..]))
            .ShouldBe(["1.0 0", "0.5 1", "nan 2", "inf 3", "5e-324 4"]);
        File.ReadAllText(Path.Combine(run, "meta.yaml")).ShouldContain("status: 4");
        File.ReadAllText(Path.Combine(run, "tags", "mlflow.runName")).ShouldBe("first");
    }

    [Fact]
    public void A_watcher_that_is_wrong_is_told_by_its_number()
    {
        var faults = new List<string>();
        var watchers = WatcherConfig.ReadAll(
            JsonNode.Parse("""[{"type": "wandb", "dir": "o"}, {"type": "tensorbord", "dir": "o"}, {"type": "csv", "dri": "o"}, {"type": "otlp", "endpoint": "here"}]"""),
            (i, m) => faults.Add(FormattableString.Invariant($"{i} {m}")));
        watchers.Select(w => w.Type).ShouldBe(["wandb", "csv", "otlp"]);
        faults.ShouldBe(
        [
            "1 a watcher is a mapping with \"type\": one of wandb, tensorboard, mlflow, otlp, csv, jsonl. Did you mean \"tensorboard\"?",
            "2 watcher csv has no key \"dri\": it has dir. Did you mean \"dir\"?",
            "2 watcher csv needs \"dir\".",
            "3 watcher otlp: \"endpoint\" must be an address such as http://localhost:4318, not \"here\".",
        ]);
    }

    private SinkPump Pump(FlakyTool tool) => new(Store.Progress, Run, [new NamedSink("tool", tool)], Time, NullLogger.Instance);

    private int _step;

    private async Task RecordAsync(params double[] values)
    {
        var watcher = Watcher();
        foreach (var value in values)
        {
            watcher.Log("main.loss", value, _step++);
        }

        await WriteAsync(watcher.Drain(AttemptStanding.Running));
    }

    private sealed class FlakyTool : IMetricSink
    {
        public bool IsDown { get; set; }

        public List<double> Values { get; } = [];

        public List<int> ExitCodes { get; } = [];

        public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new IOException("out of order");
            }

            Values.AddRange(batch.Metrics.Select(m => m.Metric.Value));
            ExitCodes.AddRange(batch.ExitCode is { } code ? [code] : []);
            return Task.FromResult(state);
        }
    }

    /// <summary>The part of MLflow's documented REST API that a client of runs needs, with its limits.</summary>
    private sealed class MlflowServer : HttpMessageHandler
    {
        public List<JsonNode?> Metrics { get; } = [];

        public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

        public int LargestBatch { get; private set; }

        public int Created { get; private set; }

        public string? Status { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? [] : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            return request.RequestUri!.AbsolutePath["/api/2.0/mlflow/".Length..] switch
            {
                "experiments/get-by-name" => Answer(HttpStatusCode.NotFound, """{"error_code": "RESOURCE_DOES_NOT_EXIST"}"""),
                "experiments/create" => Answer(HttpStatusCode.OK, """{"experiment_id": "1"}"""),
                "runs/search" => Answer(HttpStatusCode.OK, "{}"),
                "runs/create" => Create(),
                "runs/log-batch" => Batch(body),
                "runs/update" => Update(body),
                var other => Answer(HttpStatusCode.NotFound, other),
            };
        }

        private HttpResponseMessage Create()
        {
            Created++;
            return Answer(HttpStatusCode.OK, """{"run": {"info": {"run_id": "abc"}}}""");
        }

        private HttpResponseMessage Batch(JsonObject body)
        {
            var metrics = body["metrics"]?.AsArray() ?? [];
            LargestBatch = Math.Max(LargestBatch, metrics.Count);
            if (metrics.Count > 1000)
            {
                return Answer(HttpStatusCode.BadRequest, """{"error_code": "INVALID_PARAMETER_VALUE"}""");
            }

            Metrics.AddRange(metrics);
            foreach (var parameter in body["params"]?.AsArray() ?? [])
            {
                Parameters.Add(parameter!["key"]!.GetValue<string>(), parameter["value"]!.GetValue<string>());
            }

            return Answer(HttpStatusCode.OK, "{}");
        }

        private HttpResponseMessage Update(JsonObject body)
        {
            Status = body["status"]?.GetValue<string>();
            return Answer(HttpStatusCode.OK, "{}");
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
            new(status) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
    }
}
