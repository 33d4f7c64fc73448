using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;

namespace Sandbox.Tracking.Sinks.Mlflow;

/// <summary>MLflow over its REST API (2.0): an experiment for the project, a run, batches of metrics and parameters.</summary>
/// <param name="client">A client whose base address is the server's root.</param>
internal sealed class MlflowRestSink(HttpClient client) : IMetricSink
{
    // What a server takes in one request.
    private const int MostMetrics = 1000;
    private const int MostParameters = 100;
    private const int LongestParameter = 6000;

    private const string RunId = "run_id";

    public async Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
    {
        var run = state[RunId]?.ToString() ?? await CreateAsync(batch.Run, cancellationToken);
        foreach (var parameters in MlflowNames.Parameters(batch.Configs, LongestParameter).Chunk(MostParameters))
        {
            await ParametersAsync(run, parameters, cancellationToken);
        }

        foreach (var metrics in batch.Metrics.Chunk(MostMetrics))
        {
            await PostAsync("runs/log-batch", new JsonObject { [RunId] = run, ["metrics"] = new JsonArray([.. metrics.Select(Metric)]) }, cancellationToken);
        }

        if (batch.ExitCode is { } code)
        {
            await PostAsync("runs/update", new JsonObject { [RunId] = run, ["status"] = code == 0 ? "FINISHED" : "FAILED", ["end_time"] = End(batch) }, cancellationToken);
        }

        return new JsonObject { [RunId] = run };
    }

    private static long End(SinkBatch batch) =>
        (batch.Metrics.Count > 0 ? batch.Metrics[^1].Metric.Time : batch.Run.StartedAt).ToUnixTimeMilliseconds();

    // NaN and infinities go as text: a bare word is stored as 0.
    private static JsonNode Metric(TrackedMetric tracked) => new JsonObject
    {
        ["key"] = MlflowNames.Key(tracked.Metric.Name),
        ["value"] = double.IsFinite(tracked.Metric.Value) ? tracked.Metric.Value : PythonJson.Write(JsonValue.Create(tracked.Metric.Value)),
        ["timestamp"] = tracked.Metric.Time.ToUnixTimeMilliseconds(),
        ["step"] = (long)(tracked.Metric.Step ?? 0),
    };

    // A parameter never changes; one that a mended config changed is told under a name of its own.
    private async Task ParametersAsync(string run, KeyValuePair<string, string>[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync("runs/log-batch", Parameters(run, parameters), cancellationToken);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.BadRequest)
        {
            foreach (var one in parameters)
            {
                await OneParameterAsync(run, one, cancellationToken);
            }
        }
    }

    private async Task OneParameterAsync(string run, KeyValuePair<string, string> one, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync("runs/log-batch", Parameters(run, [one]), cancellationToken);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.BadRequest)
        {
            await PostAsync("runs/set-tag", new JsonObject { [RunId] = run, ["key"] = $"changed.{one.Key}", ["value"] = one.Value }, cancellationToken);
        }
    }

    private static JsonObject Parameters(string run, IEnumerable<KeyValuePair<string, string>> parameters) => new()
    {
        [RunId] = run,
        ["params"] = new JsonArray([.. parameters.Select(p => (JsonNode)new JsonObject { ["key"] = p.Key, ["value"] = p.Value })]),
    };

    private async Task<string> CreateAsync(SinkRun run, CancellationToken cancellationToken)
    {
        var experiment = await ExperimentAsync(run.Project, cancellationToken);
        var tags = new JsonArray(new JsonObject { ["key"] = "mlflow.runName", ["value"] = run.Name }, new JsonObject { ["key"] = "sandbox.run", ["value"] = run.Id });
        if (run.Group is { } group)
        {
            tags.Add(new JsonObject { ["key"] = "sandbox.sweep", ["value"] = group });
        }

        // A run that was made and whose answer was lost is found by its tag.
        var found = await PostAsync(
            "runs/search", new JsonObject { ["experiment_ids"] = new JsonArray(experiment), ["filter"] = $"tags.`sandbox.run` = '{run.Id}'", ["max_results"] = 1 }, cancellationToken);
        if (found["runs"] is JsonArray { Count: > 0 } runs)
        {
            return runs[0]!["info"]![RunId]!.ToString();
        }

        var made = await PostAsync(
            "runs/create", new JsonObject { ["experiment_id"] = experiment, ["run_name"] = run.Name, ["start_time"] = run.StartedAt.ToUnixTimeMilliseconds(), ["tags"] = tags }, cancellationToken);
        return made["run"]!["info"]![RunId]!.ToString();
    }

    private async Task<string> ExperimentAsync(string name, CancellationToken cancellationToken)
    {
        var path = $"api/2.0/mlflow/experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}";
        using var found = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (found.StatusCode != HttpStatusCode.NotFound)
        {
            found.EnsureSuccessStatusCode();
            return (await found.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["experiment"]!["experiment_id"]!.ToString();
        }

        return (await PostAsync("experiments/create", new JsonObject { ["name"] = name }, cancellationToken))["experiment_id"]!.ToString();
    }

    private async Task<JsonObject> PostAsync(string method, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(new Uri($"api/2.0/mlflow/{method}", UriKind.Relative), body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"MLflow answered {(int)answer.StatusCode} to {method}: {text[..Math.Min(text.Length, 300)]}", null, answer.StatusCode);
        }

        return await answer.Content.ReadFromJsonAsync<JsonObject>(JsonSerializerOptions.Web, cancellationToken) ?? [];
    }
}
