using System.Net.Http.Headers;
using System.Text;
using Sandbox.Tracking.Sinks.Mlflow;
using Sandbox.Tracking.Sinks.Otlp;
using Sandbox.Tracking.Sinks.TensorBoard;
using Sandbox.Tracking.Sinks.Text;
using Sandbox.Tracking.Sinks.Wandb;

namespace Sandbox.Tracking.Sinks;

/// <summary>A sink with the name under which its progress is kept.</summary>
/// <param name="Key">The name.</param>
/// <param name="Sink">The sink.</param>
internal sealed record NamedSink(string Key, IMetricSink Sink);

/// <summary>Makes the sinks that a config names. Secrets come from the environment variables that MLflow and OpenTelemetry have
/// for them.</summary>
internal static class SinkFactory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The sink; relative directories are below the one given.</summary>
    public static NamedSink Make(WatcherConfig config, string currentDirectory)
    {
        var directory = Path.GetFullPath(config.Directory ?? config.Address ?? ".", currentDirectory);
        return config.Type switch
        {
            "wandb" => new($"wandb {directory}", new WandbSink(directory, config.Project, config.Entity)),
            "tensorboard" => new($"tensorboard {directory}", new TensorBoardSink(directory)),
            "csv" => new($"csv {directory}", new CsvSink(directory)),
            "jsonl" => new($"jsonl {directory}", new JsonLinesSink(directory)),
            "otlp" => new($"otlp {config.Address}", new OtlpSink(Client(config.Address!, OtlpHeaders))),
            _ when config.IsHttp => new($"mlflow {config.Address}", new MlflowRestSink(Client(config.Address!, MlflowHeaders))),
            _ => new($"mlflow {directory}", new MlflowFileSink(directory)),
        };
    }

    private static HttpClient Client(string address, Action<HttpRequestHeaders> headers)
    {
        var client = new HttpClient { BaseAddress = new Uri(address.TrimEnd('/') + "/"), Timeout = Patience };
        headers(client.DefaultRequestHeaders);
        return client;
    }

    private static void MlflowHeaders(HttpRequestHeaders headers)
    {
        if (Variable("MLFLOW_TRACKING_TOKEN") is { } token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        else if (Variable("MLFLOW_TRACKING_USERNAME") is { } user)
        {
            var pair = Encoding.UTF8.GetBytes($"{user}:{Variable("MLFLOW_TRACKING_PASSWORD")}");
            headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }
    }

    private static void OtlpHeaders(HttpRequestHeaders headers)
    {
        foreach (var pair in (Variable("OTEL_EXPORTER_OTLP_HEADERS") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                headers.TryAddWithoutValidation(name.Trim(), Uri.UnescapeDataString(value.Trim()));
            }
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
