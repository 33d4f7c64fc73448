using System.Text.Json.Nodes;

namespace Sandbox.Cli.Tests;

/// <summary>The commands around a run, as people and programs use them.</summary>
public sealed class RunCommandsTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Json_keeps_its_keys_and_nothing_else_stands_on_standard_output()
    {
        var run = await Workplace.RunAsync("run", "sandbox.yaml", "--json");
        run.Code.ShouldBe(0);
        run.Lines[0]["kind"]!.ToString().ShouldBe("run");
        run.Lines.ShouldContain(l => l["kind"]!.ToString() == "jobEnded");

        var id = await Workplace.NewestIdAsync();
        var shown = (await Workplace.RunAsync("show", id[..6], "--json")).Lines.ShouldHaveSingleItem();
        Keys(shown).ShouldBe(["id", "name", "state", "startedAt", "endedAt", "config", "currentDirectory", "definitionVersionId", "failure", "jobs"]);
        var job = shown["jobs"]![0]!.AsObject();
        Keys(job).ShouldBe([
            "id", "activityId", "hook", "pipeline", "stage", "index", "metaName", "iteration", "state", "attempt", "startedAt",
            "endedAt", "failure", "outputs", "environment", "origin"]);
        job["stage"]!.ToString().ShouldBe("probe");
        job["metaName"]!.ToString().ShouldBe("probe");
        job["outputs"]!["0"]!.ToString().ShouldEndWith("out/iter_1/data.jsonl");
        foreach (var command in new[] { $"logs {id}", "list", "compile sandbox.yaml", "compile sandbox.yaml -o x.json", $"workflow export {id}", $"report {id}", "clean --dry-run", "clean", $"resume {id}" })
        {
            var told = await Workplace.RunAsync([.. command.Split(' '), "--json"]);
            told.Code.ShouldBe(0);
            told.Lines.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task List_is_empty_without_a_home_and_makes_none()
    {
        (await Workplace.RunAsync("list")).Code.ShouldBe(0);
        Directory.Exists(_place.Home).ShouldBeFalse();
    }

    [Fact]
    public async Task What_has_ended_can_be_neither_paused_nor_cancelled_nor_retried()
    {
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var id = await Workplace.NewestIdAsync();
        foreach (var command in new[] { "pause", "cancel", "retry" })
        {
            var told = await Workplace.RunAsync(command, id);
            told.Code.ShouldBe(2);
            told.Error.ShouldContain("finished");
        }

        (await Workplace.RunAsync("show", "")).Code.ShouldBe(2);
        (await Workplace.RunAsync("show", "zzzz")).Error.ShouldContain("There is no run \"zzzz\"");
        (await Workplace.RunAsync("logs", id, "proces")).Error.ShouldContain("Did you mean \"process\"?");
    }

    [Fact]
    public async Task Logs_follow_ends_with_the_run_and_takes_a_job_by_name()
    {
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var id = await Workplace.NewestIdAsync();

        (await Workplace.RunAsync("logs", id, "-f")).Output.ShouldContain("process | ");
        var one = await Workplace.RunAsync("logs", id, "process");
        one.Output.ShouldContain("3 of 4 rows written");
        one.Output.ShouldNotContain(" | ");
    }

    [Fact]
    public async Task Clean_keeps_published_files_and_runs_that_can_be_retried()
    {
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        var finished = await Workplace.NewestIdAsync();
        _place.Write("data.jsonl", "{\"text\": bad}\n");
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(1);
        var failed = await Workplace.NewestIdAsync();

        (await Workplace.RunAsync("clean", "--older-than", "1h")).Output.ShouldContain("0 run(s)");
        (await Workplace.RunAsync("clean", "--dry-run")).Output.ShouldContain("1 run(s), would free");
        Directory.Exists(Path.Combine(_place.Home, "runs", finished, "jobs")).ShouldBeTrue();
        (await Workplace.RunAsync("clean")).Output.ShouldContain("1 run(s), freed");

        Directory.Exists(Path.Combine(_place.Home, "runs", finished, "jobs")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_place.Home, "runs", failed)).ShouldBeTrue();
        File.ReadLines(Path.Combine(_place.Root, "out/iter_1/data.jsonl")).Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_mended_config_resumes_a_failed_run_as_the_end_of_it_says()
    {
        _place.Write("data.jsonl", "{\"text\": bad}\n{\"text\":\"a good row\"}\n");
        var told = await Workplace.RunAsync("run", "sandbox.yaml");
        told.Code.ShouldBe(1);
        var id = await Workplace.NewestIdAsync();
        told.Output.ShouldContain($"sandbox resume {id} --config {Path.Combine(_place.Root, "sandbox.yaml")}");

        _place.Write("recipe.yaml", Workplace.Recipe + "max_bad_rows: 1\n");
        (await Workplace.RunAsync("resume", id, "--config", "sandbox.yaml")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Lines_that_activities_write_are_json_when_json_is_asked_for()
    {
        _place.Write("hello.json", """
            {"definitionId":"hello","name":"hello","version":1,"root":{"id":"line","nodeId":"line","type":"Elsa.WriteLine","version":1,
             "text":{"typeName":"String","expression":{"type":"Literal","value":"hello there"}}}}
            """);

        (await Workplace.RunAsync("workflow", "run", "hello.json")).ShouldSatisfyAllConditions(
            t => t.Code.ShouldBe(0, t.All), t => t.Output.ShouldContain("hello there\n"));
        (await Workplace.RunAsync("workflow", "run", "hello.json", "--json")).Lines
            .ShouldContain(l => l["kind"]!.ToString() == "line" && l["text"]!.ToString() == "hello there");
    }

    private static string[] Keys(JsonObject json) => [.. json.Select(p => p.Key)];
}
