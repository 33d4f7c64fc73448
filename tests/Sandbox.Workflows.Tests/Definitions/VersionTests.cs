using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Workflows.Tests.Definitions;

public sealed class VersionTests : IAsyncLifetime
{
    private readonly TestHome _home = new();

    public VersionTests()
    {
        _home.Write("data.jsonl", string.Concat(Enumerable.Range(1, 20).Select(i => $"{{\"text\": \"{new string('x', i)}\"}}\n")));
        WriteRecipe(minLength: 5);
        WriteConfig("first");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Fact]
    public async Task A_new_version_is_made_only_when_the_config_or_a_file_of_it_changed()
    {
        var first = await VersionAsync();
        (await VersionAsync()).ShouldBe(first);

        WriteRecipe(minLength: 10);
        var changedRecipe = await VersionAsync();
        WriteConfig("second");
        var changedConfig = await VersionAsync();

        new[] { first, changedRecipe, changedConfig }.ShouldBeUnique();
        (await VersionAsync()).ShouldBe(changedConfig);
    }

    [Fact]
    public async Task A_run_of_an_old_version_reads_the_files_as_they_were()
    {
        var old = await _home.StartAsync("config.yaml");
        WriteRecipe(minLength: 15);
        var current = await _home.StartAsync("config.yaml");

        (await _home.WorkAsync(old.RunId)).ShouldBe("finished");
        Rows().ShouldBe(16);
        (await _home.WorkAsync(current.RunId)).ShouldBe("finished");
        Rows().ShouldBe(6);
    }

    [Fact]
    public async Task The_version_of_the_yaml_runs_and_an_edit_stays_the_latest_also_when_the_yaml_changed()
    {
        var first = await DefinitionAsync((await _home.StartAsync("config.yaml")).RunId);
        var edit = await EditAsync(first);

        var unchanged = await _home.StartAsync("config.yaml");
        WriteConfig("second");
        var changed = await _home.StartAsync("config.yaml");

        (unchanged.EditedSince, changed.EditedSince).ShouldBe((edit.Version, edit.Version));
        (await DefinitionAsync(unchanged.RunId)).Id.ShouldBe(first.Id);
        (await DefinitionAsync(changed.RunId)).Id.ShouldNotBe(edit.Id);
        (await _home.Store.FindAsync(first.DefinitionId, VersionOptions.Latest, CancellationToken.None))!.Id.ShouldBe(edit.Id);
        (await _home.WorkAsync(changed.RunId)).ShouldBe("finished");
    }

    [Fact]
    public async Task An_edit_that_was_exported_to_the_yaml_runs_as_it_is()
    {
        var first = await DefinitionAsync((await _home.StartAsync("config.yaml")).RunId);
        var edit = await EditAsync(first);

        _home.Write("config.yaml", Workflows.Definitions.SandboxYaml.Export(edit, "config.yaml"));
        var started = await _home.StartAsync("config.yaml");

        started.EditedSince.ShouldBeNull();
        (await DefinitionAsync(started.RunId)).Id.ShouldBe(edit.Id);
    }

    private async Task<WorkflowDefinition> EditAsync(WorkflowDefinition definition)
    {
        var pipeline = definition.Root.Activities![0];
        var edited = definition with
        {
            Root = definition.Root with { Activities = [pipeline with { Name = "Shown otherwise" }, .. definition.Root.Activities.Skip(1)] },
        };
        return (await _home.Store.SaveAsync(new SaveDefinition(edited), CancellationToken.None)).Definition;
    }

    private async Task<string> VersionAsync() => (await DefinitionAsync((await _home.StartAsync("config.yaml")).RunId)).Id;

    private Task<WorkflowDefinition> DefinitionAsync(string runId) => _home.Workflows.FindAsync(runId, CancellationToken.None);

    private int Rows() => File.ReadLines(Path.Combine(_home.Current, "out", "iter_1", "kept.jsonl")).Count();

    private void WriteRecipe(int minLength) => _home.Write(
        "recipe.yaml",
        $"""
        dataset_path: ./data.jsonl
        export_path: ./out/kept.jsonl
        process:
          - text_length_filter:
              min_len: {minLength}
        """);

    private void WriteConfig(string experiment) => _home.Write(
        "config.yaml",
        $"""
        project_name: versions
        experiment_name: test
        work_dir: ./work
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: {experiment}
            dj_configs: recipe.yaml
        """);
}
