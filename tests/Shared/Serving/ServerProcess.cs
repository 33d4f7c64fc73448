using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Testing.Serving;

/// <summary>The server as a process of its own, on a port that it chooses itself.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;
    private readonly StringBuilder _log;
    private readonly Task _reading;

    private ServerProcess(Process process, StringBuilder log, Task reading, Uri address)
    {
        (_process, _log, _reading, Address) = (process, log, reading, address);
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>What it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The server as built beside this program, in the same configuration.</summary>
    /// <param name="repository">The root of the repository.</param>
    public static string BuiltIn(string repository) => Path.Combine(
        repository, "src", "Sandbox.Server", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Sandbox.Server.dll");

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="program">The server, <c>Sandbox.Server.dll</c>.</param>
    /// <param name="home">Its home.</param>
    /// <param name="work">Its working directory.</param>
    /// <param name="environment">Further variables.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<ServerProcess> StartAsync(
        string program, string home, string work, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        // A machine that stalls must not make a stop look like a failure.
        string[] own = ["--urls", "http://127.0.0.1:0", "--Sandbox:WorkingDirectory", work, "--Sandbox:ShutdownTimeout", "10m"];
        var start = new ProcessStartInfo("dotnet", [program, .. own, .. settings])
        {
            UseShellExecute = false,
            WorkingDirectory = work,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SANDBOX_HOME"] = home;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var log = new StringBuilder();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, log, address), ReadAsync(process.StandardError, log, address));
        if (await Task.WhenAny(address.Task, reading) != address.Task)
        {
            throw new InvalidOperationException($"The server did not start:\n{log}");
        }

        return new ServerProcess(process, log, reading, await address.Task);
    }

    /// <summary>Ends it as a crash does; what it supervises lives on.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
        await _reading;
    }

    /// <summary>Asks it to end and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        await _reading;
        return _process.ExitCode;
    }

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path));

    public async Task<JsonNode> PostAsync(string path, JsonNode? body = null) => await ReadAsync(
        await Http.PostAsync(path, new StringContent((body ?? new JsonObject()).ToJsonString(), Encoding.UTF8, "application/json")));

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: false);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? (text.Length == 0 ? null : JsonNode.Parse(text)) ?? new JsonObject()
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder log, TaskCompletionSource<Uri> address)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (log)
            {
                log.AppendLine(line);
            }

            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(line[(at + Listening.Length)..]));
            }
        }
    }
}
