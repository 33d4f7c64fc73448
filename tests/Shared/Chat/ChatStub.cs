using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Testing.Chat;

/// <summary>A chat server on a port of its own that answers as it is told to and remembers what it was asked.</summary>
internal sealed class ChatStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<JsonObject, int, Reply> _answer;
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _asked = [];
    private int _under;

    /// <summary>Starts to serve.</summary>
    /// <param name="answer">The request and its number, from 1.</param>
    public ChatStub(Func<JsonObject, int, Reply> answer)
    {
        _answer = answer;
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}/v1";
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Most requests that were under way at a time.</summary>
    public int MostAtOnce { get; private set; }

    public IReadOnlyList<JsonObject> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    public static string User(JsonObject body) => (string)body["messages"]!.AsArray()[^1]!["content"]!;

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var text = await reader.ReadToEndAsync();
            var body = text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
            int number;
            lock (_lock)
            {
                _asked.Add(body);
                number = _asked.Count;
                MostAtOnce = Math.Max(MostAtOnce, ++_under);
            }

            var reply = _answer(body, number);
            await reply.Ready;
            lock (_lock)
            {
                _under--;
            }

            context.Response.StatusCode = reply.Status;
            if (reply.RetryAfter is { } seconds)
            {
                context.Response.AddHeader("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(reply.Body));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away, or the test is over.
        }
    }
}

/// <summary>What the stub answers.</summary>
internal sealed record Reply(int Status, string Body, int? RetryAfter = null)
{
    /// <summary>When it answers.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    public static Reply Text(string text) => new(200, new JsonObject
    {
        ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = text } }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 2 },
    }.ToJsonString());
}
