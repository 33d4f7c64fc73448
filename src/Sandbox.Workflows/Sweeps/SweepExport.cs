using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Files;
using Sandbox.Engine.Persistence;
using Sandbox.Optimization.Studies;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Writes the config of the best trial, ready to run without its sweep, and its recipes.</summary>
internal sealed class SweepExport(RunsDatabase database, DefinitionStore definitions)
{
    /// <summary>Writes <c>best/sandbox.yaml</c> and a recipe for each job that has one, into the sweep's work directory.</summary>
    /// <returns>The files.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(SweepScope sweep, SweepTrial trial, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var run = (await db.Runs.FindAsync([TrialRuns.RunIdOf(sweep.Run.Id, trial.Number)], cancellationToken))!;
        var definition = (await definitions.FindByVersionIdAsync(run.DefinitionVersionId, cancellationToken))!;
        var profile = ProfileReader.Read(definition, string.Empty);
        var directory = Path.Combine(Path.GetFullPath(sweep.Run.WorkDir, sweep.Run.CurrentDirectory), "best");
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        var yaml = SandboxYaml.Export(definition with { CustomProperties = WithWorkDir(definition.CustomProperties, sweep.Run.WorkDir) });
        await WriteAsync(Path.Combine(directory, "sandbox.yaml"), yaml, files);
        foreach (var job in profile.Config.Pipelines.SelectMany(p => p.Jobs).Where(j => j.DjConfigs?.Value?["process"] is JsonArray))
        {
            var name = FormattableString.Invariant($"{job.MetaName ?? job.Hook}.recipe.yaml");
            await WriteAsync(Path.Combine(directory, name), YamlText.Write(job.DjConfigs!.Value!), files);
        }

        return files;
    }

    private static JsonObject WithWorkDir(JsonObject properties, string workDir)
    {
        var changed = properties.DeepClone().AsObject();
        changed[ActivityNames.Settings]!["work_dir"] = workDir;
        changed[ActivityNames.Settings]!.AsObject().Remove("hpo_config");
        return changed;
    }

    private static async Task WriteAsync(string path, string text, List<string> files)
    {
        await WholeFile.WriteTextAsync(path, text, CancellationToken.None);
        files.Add(path);
    }
}
