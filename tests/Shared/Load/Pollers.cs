using System.Collections.Concurrent;
using System.Net;

namespace Sandbox.Testing.Load;

/// <summary>Clients that look at lists and pages, as open browsers do, and keep what they were answered.</summary>
internal sealed class Pollers(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Lists =
    [
        "/elsa/api/workflow-instances?page=0&pageSize=15", "/elsa/api/workflow-definitions?versionOptions=Latest&page=0&pageSize=15", "/api/overview",
        "/api/runs?take=20",
    ];

    private readonly ConcurrentQueue<double> _seconds = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _runs = new();

    /// <summary>How long the answers took, in seconds.</summary>
    public IReadOnlyList<double> Seconds => [.. _seconds];

    /// <summary>Answers that are none.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>Has a run looked at from now on.</summary>
    public void Add(string runId) => _runs.Enqueue(runId);

    /// <summary>Looks until it is told to stop.</summary>
    public Task RunAsync(int clients, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, clients).Select(i => ClientAsync(i, stop)));

    private async Task ClientAsync(int number, CancellationToken stop)
    {
        for (var i = number; !stop.IsCancellationRequested; i++)
        {
            var begin = time.GetTimestamp();
            await AskAsync(Path(i));
            _seconds.Enqueue(time.GetElapsedTime(begin).TotalSeconds);
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    private string Path(int i) => (i % (Lists.Length + 3)) switch
    {
        var list when list < Lists.Length => Lists[list],
        _ when _runs.IsEmpty => Lists[0],
        var page => string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            (string[])["/api/runs/{0}", "/elsa/api/workflow-instances/{0}/journal?page=0&pageSize=100", "/elsa/api/activity-execution-summaries/list?workflowInstanceId={0}"] is var pages
                ? pages[page - Lists.Length] : string.Empty,
            _runs.ElementAt(i % _runs.Count)),
    };

    private async Task AskAsync(string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                _faults.Enqueue($"GET {path} was answered {(int)answer.StatusCode}: {text}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            _faults.Enqueue($"GET {path}: {e.Message}");
        }
    }
}
