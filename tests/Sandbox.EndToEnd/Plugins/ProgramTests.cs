using System.Diagnostics;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Plugins;

/// <summary>Programs as plugins over JSON lines.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Config = """
        project_name: p
        experiment_name: plugins
        work_dir: ./work
        evaluation_job_configs:
          - hook: EvaluateDataHook
            meta_name: long
            output: [share, rows]
            extra_configs: {type: long_texts, dataset_path: data.jsonl, min_length: 6, report_path: out/report.json}

        """;

    private readonly Site _site = new();

    public ProgramTests()
    {
        _site.Write("data.jsonl", ["{\"text\": \"long enough\"}", "{\"text\": \"short\"}"]);
        _site.Write("c.yaml", Config);
    }

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task The_template_of_a_program_runs_as_it_is()
    {
        (await _site.RunAsync("new", "component", "long_texts", "--program")).Succeeded();

        (await _site.RunAsync("run", "c.yaml")).Succeeded();

        var job = (await _site.NewestAsync()).Job("long");
        job["outputs"]!.ToJsonString().ShouldBe("""{"share":0.5,"rows":2}""");
        _site.Read("out/report.json").ShouldBe("""{"share": 0.5, "rows": 2}""");
        (await _site.RunAsync("components", "long_texts")).Succeeded().Output.ShouldContain("At least 0.");
        _site.Write("wrong.yaml", Config.Replace("min_length: 6", "min_length: -1, text_kay: t", StringComparison.Ordinal));
        var faults = (await _site.RunAsync("validate", "wrong.yaml")).EndedWith(2).Error;
        faults.ShouldContain("\"min_length\" must lie between 0 and");
        faults.ShouldContain("Did you mean \"text_key\"?");
    }

    [Fact]
    public async Task What_a_program_says_of_its_failure_is_what_the_user_is_told()
    {
        (await _site.RunAsync("new", "component", "long_texts", "--program")).Succeeded();
        _site.Write("data.jsonl", string.Empty);

        var end = (await _site.RunAsync("run", "c.yaml")).EndedWith(1);

        (end.Output + end.Error).ShouldContain("data.jsonl has no rows. Name a data set that has some.");
    }

    [Fact]
    public async Task A_hook_of_a_program_outlives_a_killed_sandbox_and_is_found_again()
    {
        _site.Write("home/plugins/waiting/plugin.yaml", """
            command: [python3, waiting.py]
            stages:
              - {name: wait, after: probe}
            hooks:
              - name: WaitHook
                stages: [wait]
                summary: Waits until a file is there.
                options:
                  file: {required: true, description: The file.}

            """);
        _site.Write("home/plugins/waiting/waiting.py", """
            import json, os, sys, time
            request = json.loads(sys.stdin.readline())
            with open("started", "a") as f:
                f.write(request["job"]["stage"] + "\n")
            print(json.dumps({"log": "waiting now"}), flush=True)
            while not os.path.exists(request["options"]["file"]):
                time.sleep(0.05)
            print(json.dumps({"result": 7}), flush=True)

            """);
        _site.Write("w.yaml", """
            project_name: p
            experiment_name: waits
            work_dir: ./work
            wait_job_configs:
              - hook: WaitHook
                meta_name: wait
                output: seven
                extra_configs: {file: go}

            """);
        using var running = _site.Start("run", "w.yaml");
        var id = await running.RunIdAsync();
        while (!File.Exists(_site["started"]))
        {
            await Task.Delay(20);
        }

        using (var process = Process.GetProcessById(running.ProcessId))
        {
            process.Kill();
        }

        await running.EndAsync();
        _site.Write("go", string.Empty);

        (await _site.RunAsync("resume", id)).Succeeded();

        ((int)(await _site.NewestAsync()).Job("wait")["outputs"]!["seven"]!).ShouldBe(7);
        _site.ReadLines("started").ShouldBe(["wait"]);
        (await _site.RunAsync("logs", "last", "wait")).Output.ShouldContain("waiting now");
    }
}
