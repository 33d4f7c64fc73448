using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Programs that run in environments of their own, on data in their own format.</summary>
public sealed class EnvironmentRunTests : IDisposable
{
    private const string Script = """
        import csv, os, sys, lossy
        rows = list(csv.DictReader(open(sys.argv[1], newline="")))
        for step, row in enumerate(rows, 1):
            print(f"step {step} loss {lossy.loss(step)}", flush=True)
        os.makedirs(os.path.dirname(sys.argv[2]), exist_ok=True)
        open(sys.argv[2], "w").write(sys.prefix + "\n" + rows[0]["src_txt"])

        """;

    private readonly Site _site = new();

    public EnvironmentRunTests()
    {
        _site.Set("XDG_DATA_HOME", _site["data-home"]);
        Wheel.Write(_site["wheels of mine"], "lossy", "1.0", "def loss(step):\n    return 1 / step\n");
        _site.Write("train.py", Script);
        _site.Write("data.jsonl", "{\"text\":\"one, two\",\"n\":1}\n{\"text\":\"three\",\"n\":2}\n");
    }

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("venv")]
    [InlineData("virtualenv")]
    public async Task A_training_runs_in_its_environment_on_data_in_its_format(string manager)
    {
        Write(manager, "lossy==1.0");

        (await _site.RunAsync("run", "c.yaml")).Succeeded();

        var run = await _site.NewestAsync();
        run.Job("train")["outputs"]!["final_loss"]!.GetValue<double>().ShouldBe(0.5);
        _site.ReadLines("out/model.txt").ShouldBe([_site["envs/train"], "one, two"]);
        var log = (await _site.RunAsync("logs", run.Id, "train")).Succeeded().Output;
        log.ShouldContain("Successfully installed lossy-1.0");
        var freeze = Directory.EnumerateFiles(Path.Combine(_site.Home, "runs", run.Id), "environment.txt", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await File.ReadAllLinesAsync(freeze)).ShouldContain("lossy==1.0");
        run.Job("train")["environment"]!["packages"]!.AsArray().Select(p => p!.ToString()).ShouldContain("lossy==1.0");
        (await _site.RunAsync("show", "last")).Succeeded().Output.ShouldContain($"environment of train: {_site["envs/train"]} ({manager}, Python 3");
        (await File.ReadAllTextAsync(Path.Combine(_site.Home, "runs", run.Id, "report.html"))).ShouldContain("lossy==1.0");

        // A second run finds it made, and says nothing of making it.
        (await _site.RunAsync("run", "c.yaml")).Succeeded();
        (await _site.RunAsync("logs", "last", "train")).Output.ShouldNotContain("Making the environment");
    }

    [Fact]
    public async Task What_is_missing_is_told_by_the_doctor_and_by_the_failed_job()
    {
        Write("venv", "nosuch-package");

        var end = (await _site.RunAsync("run", "c.yaml")).EndedWith(1);
        (end.Output + end.Error).ShouldContain("nosuch-package");
        (await _site.RunAsync("logs", "last", "train")).Output.ShouldContain("No matching distribution found");

        _site.Write("c.yaml", _site.Read("c.yaml").Replace("env_manager: venv", "env_manager: micromamba", StringComparison.Ordinal).Replace("./envs/train", "train", StringComparison.Ordinal));
        var doctor = (await _site.RunAsync("doctor", "c.yaml")).EndedWith(1);
        doctor.Output.ShouldContain("micromamba is not available");
    }

    [Fact]
    public async Task A_module_that_is_missing_is_named_with_its_remedy_beside_the_failed_job()
    {
        _site.Write("train.py", "import nosuch_module\n");
        Write("venv", "lossy==1.0");
        var end = (await _site.RunAsync("run", "c.yaml")).EndedWith(1);
        (end.Output + end.Error).ShouldContain("The module nosuch_module is missing.");
        (await _site.RunAsync("show", "last")).Output.ShouldContain("nosuch_module");
    }

    private void Write(string manager, string package) => _site.Write("c.yaml", $$$"""
        project_name: e2e
        experiment_name: environments
        work_dir: ./outputs
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: train
            output: [model, final_loss]
            extra_configs:
              type: command
              command: [python, train.py, '{{ job.dir }}/train_dataset.csv', ./out/model.txt]
              env_manager: {{{manager}}}
              env_name: ./envs/train
              env_deps: ["{{{package}}} --no-index --find-links '{{{_site["wheels of mine"]}}}'"]
              train_dataset: data.jsonl
              data_connector: {format: csv, keys: [src_txt]}
              key_remapping: {text: src_txt}
              watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
              outputs: {model: {path: ./out/model.txt}, final_loss: {metric: loss}}
        """);
}
