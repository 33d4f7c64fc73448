using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Testing;
using Sandbox.Tracking.Sinks;

namespace Sandbox.Tracking.Tests.Sinks;

/// <summary>Sinks over HTTP against a receiver on this machine.</summary>
public sealed class HttpSinkTests : TrackingFixture
{
    private const string Exchange = "upstream-runs/trackers/mlflow/rest-exchange.jsonl";
    private static readonly SinkRun Run = new("run", "demo", "first", "sweep", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task A_collector_gets_every_number_with_its_time_and_what_it_could_not_take_later()
    {
        await RecordAsync(0.5, double.NaN, 2);
        using var collector = new Receiver(_ => "{}") { Status = 503 };
        var watcher = new WatcherConfig("otlp") { Address = collector.Address };
        (await BringAsync(watcher)).ShouldHaveSingleItem().ShouldContain("503");
        collector.Status = 200;
        (await BringAsync(watcher)).ShouldBeEmpty();
        (await BringAsync(watcher)).ShouldBeEmpty();

        collector.Requests.Select(r => r.Path).ShouldBe(["POST /v1/metrics", "POST /v1/metrics"]);
        var resource = collector.Requests[1].Body!["resourceMetrics"]![0]!;
        resource["resource"]!["attributes"]!.AsArray().Select(a => a!["key"]!.GetValue<string>()).ShouldContain("service.name");
        var metric = resource["scopeMetrics"]![0]!["metrics"]!.AsArray().ShouldHaveSingleItem()!;
        metric["name"]!.GetValue<string>().ShouldBe("train.loss");
        var points = metric["gauge"]!["dataPoints"]!.AsArray();
        points.Select(p => p!["asDouble"]!.GetValue<double>()).ShouldBe([0.5, 2]);
        points[0]!["timeUnixNano"]!.GetValue<string>().ShouldBe("1767323045000000000");
    }

    [ReferenceFact(Exchange)]
    public async Task Mlflow_is_asked_only_for_what_its_own_client_asks_for_and_understood_as_it_answers()
    {
        var recorded = File.ReadLines(Reference.Find(Exchange)!)
            // One line is what the client sent wrongly on purpose: a bare NaN, which is no JSON.
            .Where(l => !l.Contains(": NaN", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l)!.AsObject())
            .Where(r => r["status"]?.GetValue<int>() == 200).ToLookup(r => $"{r["method"]} {r["path"]!.GetValue<string>().Split('?')[0]}");
        await RecordAsync(0.5, double.NaN);
        var configs = Watcher();
        configs.WatchConfigs("main", new JsonObject { ["lr"] = 0.5 });
        await WriteAsync(configs.Drain(AttemptStanding.Running));
        using var server = new Receiver(path => recorded[path].FirstOrDefault()?["response"]?.ToJsonString() ?? "{}");
        (await BringAsync(new WatcherConfig("mlflow") { Address = server.Address })).ShouldBeEmpty();

        server.Requests.Count.ShouldBeGreaterThan(3);
        foreach (var request in server.Requests)
        {
            var own = recorded[request.Path].ToList();
            own.ShouldNotBeEmpty(request.Path);
            if (request.Body is { } body)
            {
                Shape(body).Except(own.SelectMany(o => Shape(o["request"]))).ShouldBeEmpty(request.Path);
            }
        }
    }

    private static IEnumerable<string> Shape(JsonNode? node, string prefix = "") => node switch
    {
        JsonObject map => map.SelectMany(p => Shape(p.Value, $"{prefix}.{p.Key}")),
        JsonArray list => list.SelectMany(i => Shape(i, $"{prefix}[]")),
        _ => [prefix],
    };

    private async Task RecordAsync(params double[] values)
    {
        var watcher = Watcher();
        for (var i = 0; i < values.Length; i++)
        {
            watcher.Log("train.loss", values[i], i);
        }

        await WriteAsync(watcher.Drain(AttemptStanding.Running));
    }

    private async Task<IReadOnlyList<string>> BringAsync(WatcherConfig watcher)
    {
        await using var pump = Store.Pump(Run, [watcher], Path.GetDirectoryName(DatabasePath)!, Time, NullLogger.Instance);
        return await pump.FinishAsync(0);
    }

    /// <summary>Takes one request after another on a port of its own and keeps them.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<string, string> _answer;

        public Receiver(Func<string, string> answer)
        {
            _answer = answer;
            _listener.Start();
            _ = TakeAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public int Status { get; set; } = 200;

        public List<(string Path, JsonObject? Body)> Requests { get; } = [];

        public void Dispose() => _listener.Dispose();

        private async Task TakeAsync()
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
                {
                    return;
                }
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            var path = string.Join(' ', (await reader.ReadLineAsync())!.Split(' ')[..2]).Split('?')[0];
            var (length, isChunked) = (0, false);
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(header[15..], System.Globalization.CultureInfo.InvariantCulture) : length;
                isChunked |= header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
            }

            var body = isChunked ? await ChunksAsync(reader) : length > 0 ? await TextAsync(reader, length) : string.Empty;
            Requests.Add((path, body.Length == 0 ? null : JsonNode.Parse(body)!.AsObject()));
            var answer = _answer(path);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {Status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(answer)}\r\nConnection: close\r\n\r\n{answer}"));
        }

        // All that is sent here is ASCII, so that bytes are characters.
        private static async Task<string> ChunksAsync(StreamReader reader)
        {
            var text = new StringBuilder();
            while (Convert.ToInt32((await reader.ReadLineAsync())!, 16) is > 0 and var size)
            {
                text.Append(await TextAsync(reader, size));
                await reader.ReadLineAsync();
            }

            await reader.ReadLineAsync();
            return text.ToString();
        }

        private static async Task<string> TextAsync(StreamReader reader, int length)
        {
            var buffer = new char[length];
            await reader.ReadBlockAsync(buffer);
            return new string(buffer);
        }
    }
}
