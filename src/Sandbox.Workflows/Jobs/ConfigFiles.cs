using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Files;

namespace Sandbox.Workflows.Jobs;

/// <summary>Reads the configs that a job names by path: what this run wrote, else the file as it was when the
/// definition was compiled, else the file itself.</summary>
internal sealed class ConfigFiles(AttemptFiles files, IReadOnlyDictionary<string, string> snapshots)
{
    /// <summary>Reads a config, or gives null where no such file exists.</summary>
    /// <exception cref="JobFailedException">The file holds no mapping.</exception>
    public async Task<JsonObject?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(path, cancellationToken);
        if (text is null)
        {
            return null;
        }

        var faults = new List<Fault>();
        var node = ConfigParser.Parse(Encoding.UTF8.GetBytes(text), path, faults);
        if (faults.Count > 0)
        {
            throw new JobFailedException(string.Join(Environment.NewLine, faults));
        }

        return node?.ToJson() as JsonObject
            ?? throw new JobFailedException($"{path} must hold a mapping of options, in YAML or JSON.");
    }

    private async Task<string?> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        // What a config says counts by itself: the file is none of the things that the result depends on.
        var physical = files.Locate(path);
        if (physical == files.FullPath(path) && snapshots.TryGetValue(path, out var snapshot))
        {
            return snapshot;
        }

        return File.Exists(physical) ? await File.ReadAllTextAsync(physical, cancellationToken) : null;
    }
}
