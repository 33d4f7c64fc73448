using System.Text;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Benchmarks.Server;

/// <summary>How fast the server answers for lists and pages in a home with 500 definitions, 10,000 instances and 1,000,000
/// records of activities.</summary>
internal static class ListsBenchmark
{
    private const int Rounds = 15;
    private const double Goal = 0.1;

    private static readonly (string What, string Path, string? Body)[] Questions =
    [
        ("definitions", "/elsa/api/workflow-definitions?versionOptions=Latest&page=0&pageSize=15", null),
        ("definitions, by name, last page", "/elsa/api/workflow-definitions?versionOptions=LatestOrPublished&orderBy=Name&orderDirection=Descending&page=33&pageSize=15", null),
        ("definitions, a search", "/elsa/api/workflow-definitions?versionOptions=Latest&searchTerm=flow%2042&page=0&pageSize=15", null),
        ("instances", Instances, """{"page":0,"pageSize":15}"""),
        ("instances, last page", Instances, """{"page":660,"pageSize":15}"""),
        ("instances, running", Instances, """{"status":"Running","page":0,"pageSize":15}"""),
        ("instances, failed", Instances, """{"subStatuses":["Faulted"],"page":0,"pageSize":15}"""),
        ("instances, with incidents", Instances, """{"hasIncidents":true,"page":0,"pageSize":15}"""),
        ("instances of two definitions", Instances, """{"definitionIds":["definition-7","definition-8"],"page":0,"pageSize":15}"""),
        ("instances, a search", Instances, """{"searchTerm":"order-42","page":0,"pageSize":15}"""),
        ("instances, a search that finds nothing", Instances, """{"searchTerm":"nothing like it","page":0,"pageSize":15}"""),
        ("instances of a correlation id", Instances, """{"correlationId":"order-42","page":0,"pageSize":15}"""),
        ("instances, by name", Instances, """{"orderBy":"Name","orderDirection":"Ascending","page":0,"pageSize":15}"""),
        ("instances, by last change", Instances, """{"orderBy":"UpdatedAt","page":0,"pageSize":15}"""),
        ("instances, by end", Instances, """{"orderBy":"Finished","page":0,"pageSize":15}"""),
        ("instances of a time", Instances, """{"timestampFilters":[{"column":"FinishedAt","operator":"LessThan","timestamp":"2020-01-01T00:00:00Z"}],"page":0,"pageSize":15}"""),
        ("an instance", $"{Instances}/{LargeHome.Instance}", null),
        ("its variables", $"{Instances}/{LargeHome.Instance}/variables", null),
        ("its journal", $"{Instances}/{LargeHome.Instance}/journal?page=0&pageSize=100", null),
        ("its journal without some types", $"{Instances}/{LargeHome.Instance}/journal?page=0&pageSize=100", """{"filter":{"excludedActivityTypes":["Elsa.Sequence","Elsa.Flowchart"]}}"""),
        ("its executions", $"/elsa/api/activity-executions/list?workflowInstanceId={LargeHome.Instance}", null),
        ("its executions in short", $"/elsa/api/activity-execution-summaries/list?workflowInstanceId={LargeHome.Instance}", null),
        ("what became of its activities", "/elsa/api/activity-executions/report", $$"""{"workflowInstanceId":"{{LargeHome.Instance}}"}"""),
        ("how many executions there are", "/elsa/api/activity-executions/count", null),
        ("overview", "/api/overview", null),
        ("runs", "/api/runs?page=0&pageSize=50", null),
        ("a run", $"/api/runs/{LargeHome.Instance}", null),
        ("metrics for Prometheus", "/metrics", null),
        ("whether it is ready", "/health/ready", null),
    ];

    private const string Instances = "/elsa/api/workflow-instances";

    public static async Task<IReadOnlyList<Measure>> RunAsync()
    {
        using var site = new LoadSite(Repository.BuiltCli);
        var server = ServerProcess.BuiltIn(Repository.Root);
        await Console.Error.WriteLineAsync("filling …");
        await new LargeHome(site).FillAsync(server);
        using var process = await ServerProcess.StartAsync(server, site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal));
        var records = (await process.GetAsync("/elsa/api/activity-executions/count"))["count"]!.GetValue<long>();
        await Console.Error.WriteLineAsync(FormattableString.Invariant($"{records} records of activities"));
        var seconds = await Measuring.Rounds.TimeAsync(
            Rounds, [() => AskAsync(process, "/health/live", null), .. Questions.Select(q => (Func<Task>)(() => AskAsync(process, q.Path, q.Body)))]);
        var limit = Measuring.Rounds.Median(seconds[0]);
        await process.StopAsync();
        return [.. Questions.Zip(seconds.Skip(1), (q, s) => Of(q.What, s, limit))];
    }

    private static async Task AskAsync(ServerProcess process, string path, string? body)
    {
        using var answer = body is null
            ? await process.Http.GetAsync(path)
            : await process.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        }
    }

    private static Measure Of(string what, double[] seconds, double limit)
    {
        var (median, most) = (Measuring.Rounds.Median(seconds), seconds.Max());
        return new Measure(
            $"lists: {what}", FormattableString.Invariant($"{median * 1000:0.0} ms, at most {most * 1000:0} ms"),
            FormattableString.Invariant($"{limit * 1000:0.0} ms to say that it lives"), median / limit, "100 ms", median <= Goal);
    }
}
