namespace Sandbox.Cli.Tests;

/// <summary>What commands tell of runs: where results are from, what was measured, what to do next.</summary>
public sealed class RunViewTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Jobs_whose_results_come_from_a_context_file_say_so()
    {
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(0);
        Environment.SetEnvironmentVariable("SANDBOX_HOME", Path.Combine(_place.Root, "home2"));

        var told = await Workplace.RunAsync("run", "sandbox.yaml", "--resume", "true");

        told.Code.ShouldBe(0);
        told.Output.ShouldContain("/ process taken from context_infos.json");
        told.Output.ShouldNotContain("/ process finished in");
        (await Workplace.RunAsync("show", "last")).Output.ShouldContain("taken from context_infos.json");
    }

    [Fact]
    public async Task Jobs_that_a_mended_config_reuses_say_so()
    {
        _place.Write("sandbox.yaml", Workplace.Config + "  - hook: ProcessDataHook\n    meta_name: again\n    dj_configs: again.yaml\n");
        _place.Write("bad.jsonl", "{\"text\":\"a line of text\"}\n{bad\n");
        _place.Write("again.yaml", Again);
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(1);
        _place.Write("again.yaml", "max_bad_rows: 1\n" + Again);

        var told = await Workplace.RunAsync("resume", await Workplace.NewestIdAsync(), "--config", "sandbox.yaml");

        told.Code.ShouldBe(0);
        told.Output.ShouldContain("/ probe reused");
        told.Output.ShouldContain("/ again finished in");
    }

    [Fact]
    public async Task A_context_file_of_other_pipelines_is_told()
    {
        _place.Write("work/context_infos.json", """[{"other": [{"meta_name": "a", "0": 1}]}]""");
        var told = await Workplace.RunAsync("run", "sandbox.yaml", "--resume", "true");
        told.Code.ShouldBe(0);
        told.Error.ShouldContain("work/context_infos.json");
        told.Error.ShouldContain("nothing is taken from this file: it is of the pipelines other, and the config has ");
    }

    [Fact]
    public async Task List_tells_why_a_run_failed_and_leaves_out_the_jobs_that_it_does_not_look_at()
    {
        _place.Write("data.jsonl", "{bad\n");
        (await Workplace.RunAsync("run", "sandbox.yaml")).Code.ShouldBe(1);
        var listed = await Workplace.NewestAsync();
        listed["failure"]!.ToString().ShouldBe((await Workplace.RunAsync("show", "last", "--json")).Lines[0]["failure"]!.ToString());
        listed.ContainsKey("jobs").ShouldBeFalse();
        (await Workplace.RunAsync("list", "--most", "0")).Error.ShouldContain("--most must be 1 or more, not 0.");
    }

    [Fact]
    public async Task Results_of_evaluations_stand_in_the_table_at_the_end_each_against_the_first()
    {
        _place.Write("p.jsonl", "{\"a\":1,\"b\":2,\"t\":1}\n{\"a\":1,\"b\":1,\"t\":2}\n");
        _place.Write("sandbox.yaml", Evaluations(("raw", "a"), ("refined", "t")));
        (await Workplace.RunAsync("run", "sandbox.yaml")).Output.ShouldContain("error: raw → refined");
        var end = (await Workplace.RunAsync("run", "sandbox.yaml", "--json")).Lines[^1];
        end["figures"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe("""{"name":"error: raw \u2192 refined","before":0.5,"after":0}""");
    }

    [Fact]
    public async Task A_target_whose_result_is_no_number_is_told_each_time()
    {
        _place.Write("p.jsonl", "{\"a\":1e308,\"t\":-1e308}\n");
        _place.Write("sandbox.yaml", "max_iter_num: 2\niter_targets: ['anonymous.raw.error < 1']\n" + Evaluations(("raw", "a")));

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(0);
        told.Output.ShouldContain("the mean squared error is Infinity");
        told.Output.ShouldContain("targets warning: anonymous.raw.error is Infinity, which is no number to compare with anonymous.raw.error < 1");
        (await File.ReadAllTextAsync(Path.Combine(_place.Root, "work/context_infos.json"))).ShouldContain("Infinity");
    }

    [Fact]
    public async Task An_event_from_the_command_line_takes_a_waiting_workflow_to_its_end()
    {
        _place.Write("event.json", """
            {"definitionId":"wait","name":"wait","root":{"id":"s","type":"Elsa.Sequence","activities":[
              {"id":"e","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"go"}}},
              {"id":"l","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Literal","value":"went on"}}}]}}
            """);
        var waiting = await Workplace.RunAsync("workflow", "run", "event.json");
        var id = await Workplace.NewestIdAsync();
        waiting.Output.ShouldContain($"workflow event NAME --run {id}");
        (await Workplace.RunAsync("workflow", "event", "other")).Error.ShouldContain("No run waits for an event \"other\".");
        (await Workplace.RunAsync("workflow", "event", "go", "--payload", "{")).Error.ShouldContain("--payload is no JSON");

        var told = await Workplace.RunAsync("workflow", "event", "go", "--run", id, "--payload", "{\"ok\":true}");

        told.Code.ShouldBe(0);
        told.Output.ShouldContain("went on");
        (await Workplace.NewestAsync())["state"]!.ToString().ShouldBe("finished");
    }

    private const string Again = "dataset_path: bad.jsonl\nexport_path: again/data.jsonl\nprocess:\n  - text_length_filter: {min_len: 5}\n";

    private static string Evaluations(params (string Name, string Key)[] jobs) =>
        "project_name: p\nexperiment_name: e\nwork_dir: ./work\nevaluation_job_configs:\n" + string.Concat(jobs.Select(j => $$"""
              - hook: EvaluateDataHook
                meta_name: {{j.Name}}
                output: [details, error]
                extra_configs: {type: mse, predicted_dataset_path: p.jsonl, predicted_value_key: {{j.Key}}, ground_truth_value_key: t}

            """));
}
