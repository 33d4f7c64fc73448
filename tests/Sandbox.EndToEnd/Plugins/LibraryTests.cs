using System.Diagnostics;
using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Plugins;

/// <summary>Class libraries as plugins, from the template to a run.</summary>
public sealed class LibraryTests : IDisposable
{
    // A stage, a factory with a type that it makes up itself, and a hook that starts its components.
    private const string More = """
        using System.Text.Json.Nodes;
        using Sandbox.Core.Components;
        using Sandbox.Core.Components.Options;
        using Sandbox.Core.Hooks;
        using Sandbox.Core.Plugins;

        namespace Publishing;

        [SandboxStage("publish", After = "evaluate")]
        [SandboxFactory("PublisherFactory")]
        public sealed class PublisherFactory : IComponentFactory
        {
            public IEnumerable<ComponentDescriptor> Components =>
            [
                new ComponentDescriptor
                {
                    Factory = "PublisherFactory", Type = "note", Summary = "Writes a note.", OptionsType = typeof(NoteOptions),
                    Create = o => new Note((NoteOptions)o),
                },
            ];
        }

        public sealed class NoteOptions
        {
            [Option("text", Required = true, Description = "What the note says.")]
            public string Text { get; set; } = "";

            [Option("note_path", Required = true, Path = PathAccess.Write, Description = "The note.")]
            public string ExportPath { get; set; } = "";
        }

        internal sealed class Note(NoteOptions options) : IComponent
        {
            public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
            {
                await File.WriteAllTextAsync(context.Files.ResolveWrite(options.ExportPath), options.Text, cancellationToken);
                return HookResult.One(options.ExportPath);
            }
        }

        [SandboxHook("PublishHook", "publish", Factory = "PublisherFactory", Summary = "Publishes what was made.")]
        public sealed class PublishHook(ComponentStarter components) : IPluginHook
        {
            public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
                components.RunAsync("PublisherFactory", context, cancellationToken);
        }

        """;

    private const string Config = """
        project_name: p
        experiment_name: plugins
        work_dir: ./work
        probe_job_configs:
          - {hook: CountRowsHook, meta_name: count, extra_configs: {dataset_path: data.jsonl}}
        publish_job_configs:
          - hook: PublishHook
            meta_name: note
            input: {extra_configs.text: -1.share}
            extra_configs: {type: note, note_path: out/note.txt}
        evaluation_job_configs:
          - hook: EvaluateDataHook
            meta_name: long
            output: share
            extra_configs: {type: long_texts, dataset_path: data.jsonl, min_length: 6}

        """;

    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task A_library_brings_a_stage_a_factory_a_hook_and_components()
    {
        _site.Write("data.jsonl", ["{\"text\": \"long enough\"}", "{\"text\": \"short\"}"]);
        _site.Write("c.yaml", Config);
        (await _site.RunAsync("validate", "c.yaml")).EndedWith(2).Error.ShouldContain("publish_job_configs");
        (await _site.RunAsync("new", "component", "long_texts")).Succeeded().Output.ShouldContain("long_texts.csproj");
        _site.Write("long_texts/More.cs", More);
        (await _site.RunAsync("new", "hook", "CountRows")).Succeeded().Error.ShouldContain("dotnet build CountRowsHook");
        File.Move(_site["CountRowsHook/CountRowsHook.cs"], _site["long_texts/CountRowsHook.cs"]);
        await BuildAsync("long_texts");

        (await _site.RunAsync("validate", "c.yaml")).Succeeded();
        (await _site.RunAsync("run", "c.yaml")).Succeeded();

        _site.Read("out/note.txt").ShouldBe("0.5");
        var run = await _site.NewestAsync();
        run.Jobs.Select(j => $"{j["stage"]} {j["metaName"]}").ShouldBe(["probe count", "evaluate long", "publish note"]);
        ((int)run.Job("count")["outputs"]!["0"]!).ShouldBe(2);
        await ListedAsync();
        await CheckedAsync();
        await RoundTripAsync();
    }

    private async Task ListedAsync()
    {
        var all = (await _site.RunAsync("components", "--json")).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!).ToList();
        var own = all.Where(e => e["origin"]!.ToString().EndsWith("long_texts.dll", StringComparison.Ordinal)).ToList();
        own.Select(e => $"{e["kind"]} {e["name"]}").ShouldBe(
            ["hook PublishHook", "hook CountRowsHook", "DataEvaluatorFactory long_texts", "PublisherFactory note"], ignoreOrder: true);
        (await _site.RunAsync("components", "long_texts")).Succeeded().Output.ShouldContain("Shorter texts do not count");
    }

    private async Task CheckedAsync()
    {
        _site.Write("wrong.yaml", Config.Replace("min_length", "min_lenght", StringComparison.Ordinal)
            .Replace("type: note", "type: notes", StringComparison.Ordinal).Replace("publish_job", "publis_job", StringComparison.Ordinal));
        var faults = (await _site.RunAsync("validate", "wrong.yaml")).EndedWith(2).Error;
        faults.ShouldContain("wrong.yaml:6:1: a sandbox config has no key \"publis_job_configs\". Did you mean \"publish_job_configs\"?");
        faults.ShouldContain("unknown option \"min_lenght\". Did you mean \"min_length\"?");

        // A library for another version, or none at all, names itself and keeps nothing else from running.
        _site.Write("home/plugins/broken.dll", "no library");
        (await _site.RunAsync("validate", "c.yaml")).Succeeded().Error.ShouldContain("broken.dll: warning: the plugin cannot be loaded");
        (await _site.RunAsync("components")).EndedWith(2).Error.ShouldContain("broken.dll");
        File.Delete(_site["home/plugins/broken.dll"]);
    }

    // To a definition, where the stage is a sequence like others, and back.
    private async Task RoundTripAsync()
    {
        (await _site.RunAsync("compile", "c.yaml", "-o", "c.json")).Succeeded();
        (await _site.RunAsync("export", "c.json", "-o", "again.yaml")).Succeeded();
        _site.Read("again.yaml").ShouldContain("publish_job_configs");
        _site.Read("again.yaml").ShouldNotContain("layout:");
        (await _site.RunAsync("compile", "again.yaml", "-o", "again.json")).Succeeded();
        _site.Read("again.json").ShouldBe(_site.Read("c.json"));
    }

    private async Task BuildAsync(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project, "--nologo", "-v", "q", "--disable-build-servers", "-p:NuGetAudit=false"])
        {
            UseShellExecute = false,
            WorkingDirectory = _site.Root,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        build.ExitCode.ShouldBe(0, output);
    }
}
