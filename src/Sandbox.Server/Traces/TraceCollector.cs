using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Traces;

/// <summary>A collector of OpenTelemetry that is sent a trace when a run has ended: the run, and a span for each job that was
/// reached. It is OTLP/HTTP in its JSON form, put together from what is stored: a run goes on for days and through several
/// processes, and the library's own spans end with the process that began them.</summary>
/// <param name="address">The collector's base address.</param>
/// <param name="client">Sends.</param>
internal sealed class TraceCollector(Uri address, HttpClient client)
{
    private const int Internal = 1;
    private const int Well = 1;
    private const int Failed = 2;
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    private readonly Uri _traces = new(new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), "v1/traces");

    /// <summary>Its name in the outbox and in the log.</summary>
    public string Name => _traces.ToString();

    /// <summary>The trace of a run.</summary>
    public static string Compose(EndedRun run) => new JsonObject
    {
        ["resourceSpans"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = Attributes(("service.name", "sandbox"), ("host.name", Environment.MachineName)) },
            ["scopeSpans"] = new JsonArray(new JsonObject
            {
                ["scope"] = new JsonObject { ["name"] = "sandbox.runs" },
                ["spans"] = new JsonArray([RunSpan(run), .. run.Run.Jobs.Where(j => j.StartedAt is not null).Select(j => JobSpan(run, j))]),
            }),
        }),
    }.ToJsonString();

    /// <summary>Sends one.</summary>
    /// <exception cref="HttpRequestException">It did not arrive.</exception>
    public async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(_traces, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static JsonObject RunSpan(EndedRun run)
    {
        var span = Span(run, run.Run.Id, run.Run.Name, run.Run.StartedAt, run.Event.At, run.Event.Name != RunEvents.Finished, run.Run.Failure);
        span["attributes"] = Attributes(
            ("sandbox.run", run.Run.Id), ("sandbox.state", run.Run.State), ("sandbox.definition", run.Instance.DefinitionId),
            ("sandbox.version", run.Instance.Version.ToString(CultureInfo.InvariantCulture)), ("sandbox.correlation_id", run.Instance.CorrelationId));
        return span;
    }

    private static JsonObject JobSpan(EndedRun run, JobView job)
    {
        var span = Span(
            run, job.Id, job.MetaName ?? job.Hook, job.StartedAt!.Value, job.EndedAt ?? run.Event.At, job.State != RunStates.Finished, job.Failure);
        span["parentSpanId"] = Id(run.Run.Id, SpanIdBytes);
        span["attributes"] = Attributes(
            ("sandbox.job", job.Id), ("sandbox.state", job.State), ("sandbox.hook", job.Hook), ("sandbox.pipeline", job.Pipeline), ("sandbox.stage", job.Stage),
            ("sandbox.iteration", job.Iteration.ToString(CultureInfo.InvariantCulture)), ("sandbox.attempt", job.Attempt.ToString(CultureInfo.InvariantCulture)));
        return span;
    }

    // A run that is tried again ends once more: that is a trace of its own.
    private static JsonObject Span(
        EndedRun run, string id, string name, DateTimeOffset start, DateTimeOffset end, bool isFault, string? message) => new()
    {
        ["traceId"] = Id(FormattableString.Invariant($"{run.Run.Id} {run.Event.At.UtcTicks}"), TraceIdBytes),
        ["spanId"] = Id(id, SpanIdBytes),
        ["name"] = name,
        ["kind"] = Internal,
        ["startTimeUnixNano"] = Nanoseconds(start),
        ["endTimeUnixNano"] = Nanoseconds(end),
        ["status"] = new JsonObject { ["code"] = isFault ? Failed : Well, ["message"] = isFault ? message ?? string.Empty : string.Empty },
    };

    private static string Id(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);

    private static JsonArray Attributes(params ReadOnlySpan<(string Key, string? Value)> pairs)
    {
        var attributes = new JsonArray();
        foreach (var (key, value) in pairs)
        {
            if (value is not null)
            {
                attributes.Add(new JsonObject { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } });
            }
        }

        return attributes;
    }
}
