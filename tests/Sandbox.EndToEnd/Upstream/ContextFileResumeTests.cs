using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Upstream;

public sealed class ContextFileResumeTests
{
    private const string Runs = "upstream-runs/data-juicer";
    private const string Out = "out/sandbox-pools";

    public static TheoryData<string, bool> Forms => new() { { "build", true }, { "build", false }, { "shape", true } };

    [ReferenceTheory($"{Runs}/sandbox/pools.yaml")]
    [MemberData(nameof(Forms))]
    public async Task Exactly_the_pipelines_that_upstream_finished_are_skipped_by_name(string finished, bool asWritten)
    {
        using var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs", "inputs");
        site.CopyReference($"{Runs}/{Out}", Out);
        site.Write("sandbox/pools.yaml", site.ReadLines("sandbox/pools.yaml").Append("resume: true"));
        var context = JsonNode.Parse(site.Read($"{Out}/context_infos.json"))!.AsArray();
        site.Write($"{Out}/context_infos.json", (asWritten ? (JsonNode)Kept(context, finished) : Documented(context, finished)).ToJsonString());

        (await site.RunAsync("run", "sandbox/pools.yaml")).Succeeded();

        var run = await site.NewestAsync();
        run.State.ShouldBe("finished");
        run.Jobs.ShouldAllBe(job => job["origin"]!.ToString() == (job["pipeline"]!.ToString() == finished ? "file" : "run"));
        run.Jobs.Select(job => job["pipeline"]!.ToString()).Distinct(StringComparer.Ordinal).ShouldBe(["build", "shape"]);
    }

    [ReferenceFact($"{Runs}/sandbox/iterate.yaml")]
    public async Task A_run_that_upstream_broke_off_goes_on_in_the_iteration_after()
    {
        using var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs/predictions.jsonl", "inputs/predictions.jsonl");
        site.CopyReference($"{Runs}/out/sandbox-iterate", "out/sandbox-iterate");
        var complete = site.Read("out/sandbox-iterate/context_infos.json").Replace("RUN_DIR", site.Root, StringComparison.Ordinal);
        var context = JsonNode.Parse(complete)!.AsArray();
        context.RemoveAt(2);
        site.Write("out/sandbox-iterate/context_infos.json", context.ToJsonString());
        site.Write("sandbox/iterate.yaml", site.Read("sandbox/iterate.yaml") + "\nresume: true\n");

        (await site.RunAsync("run", "sandbox/iterate.yaml")).Succeeded();

        var run = await site.NewestAsync();
        run.Jobs.ShouldAllBe(job => job["origin"]!.ToString() == ((int)job["iteration"]! < 3 ? "file" : "run"));
        JsonComparison.Differences(complete, site.Read("out/sandbox-iterate/context_infos.json")).ShouldBeEmpty();
    }

    private static JsonArray Kept(JsonArray context, string pipeline)
    {
        var pipelines = context[0]!["pipeline_infos"]!.AsArray();
        foreach (var other in pipelines.Where(p => p!["pipeline_name"]!.ToString() != pipeline).ToList())
        {
            pipelines.Remove(other);
        }

        return context;
    }

    // The form in upstream's documentation: pipelines and their jobs, without iterations.
    private static JsonObject Documented(JsonArray context, string pipeline) => new()
    {
        [pipeline] = context[0]!["pipeline_infos"]!.AsArray()
            .Single(p => p!["pipeline_name"]!.ToString() == pipeline)!["job_infos"]!.DeepClone(),
    };
}
