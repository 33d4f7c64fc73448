using System.Diagnostics;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Shipped;

/// <summary>A job of several long steps, each a training of its own, across a sandbox that is killed.</summary>
public sealed class LongStepsTests : IDisposable
{
    private const string Config = """
        project_name: p
        experiment_name: long
        work_dir: ./work
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: train
            output: models
            extra_configs:
              type: internvl_coco_caption
              env_name: internvl
              internvl_home: internvl
              num_gpus: 8
              work_dir: models
              model_name_or_path: pretrained/InternVL2-1B
              conv_style_or_scale: 1B
              meta_paths: [a.json, b.json, c.json]
              script_dir: scripts

        """;

    private readonly ShippedSite _shipped = new();

    private Site Site => _shipped.Site;

    public void Dispose() => _shipped.Dispose();

    [Fact]
    public async Task Resume_goes_on_with_the_training_that_runs_and_then_with_the_next()
    {
        _shipped.LayInternVl();
        Site.Write("c.yaml", Config);
        foreach (var name in new[] { "a", "b", "c" })
        {
            Site.Write($"{name}.json", "{}");
        }

        Site.Write("hold-2", string.Empty);
        using var running = Site.Start("run", "c.yaml");
        var id = await running.RunIdAsync();
        while (!File.Exists(Site["calls/trained"]) || Trained().Length < 2)
        {
            await Task.Delay(20);
        }

        using (var process = Process.GetProcessById(running.ProcessId))
        {
            process.Kill();
        }

        await running.EndAsync();
        File.Delete(Site["hold-2"]);

        (await Site.RunAsync("resume", id)).Succeeded();

        Trained().ShouldBe(["a_InternVL2-1B", "b_InternVL2-1B", "c_InternVL2-1B"]);
        var models = (await Site.NewestAsync()).Job("train")["outputs"]!["models"]!.AsArray().Select(m => (string)m!);
        models.ShouldBe(Trained().Select(t => $"models/{t}"));
        foreach (var model in models)
        {
            File.Exists(Site[$"{model}/model.safetensors"]).ShouldBeTrue(model);
        }

        _shipped.Calls("conda").Count(c => c.StartsWith("create ", StringComparison.Ordinal)).ShouldBe(1);
        _shipped.Calls("pip").Count(c => c.Contains(" install ", StringComparison.Ordinal)).ShouldBe(2);
    }

    private string[] Trained() => _shipped.Calls("trained");
}
