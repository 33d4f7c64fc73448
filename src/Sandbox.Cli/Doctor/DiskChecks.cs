using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;

namespace Sandbox.Cli.Doctor;

/// <summary>Room on the disks that a config writes to, against the size of the data that it reads: each job may keep a
/// copy of its output.</summary>
internal static class DiskChecks
{
    private const double Gigabyte = 1e9;
    private const long Least = 100_000_000;

    // With PyTorch and what it brings for GPUs; without, a tenth of it.
    private const long EnvironmentSize = 8_000_000_000;
    private static readonly string[] DataKeys = ["dataset_path", "train_dataset", "valid_dataset", "predicted_dataset_path", "ground_truth_dataset_path"];

    /// <summary>A check for the home and one for the work directory.</summary>
    public static IEnumerable<Check> Of(SandboxConfig config, string home, string directory)
    {
        var jobs = config.Pipelines.SelectMany(p => p.Jobs).ToList();
        var data = jobs.SelectMany(j => Paths(j.DjConfigs?.Value).Concat(Paths(j.ExtraConfigs?.Value)))
            .Select(p => Path.GetFullPath(p, directory)).Distinct(StringComparer.Ordinal).Sum(SizeOf);
        var needed = Math.Max(Least, data * Math.Max(1, jobs.Count));
        yield return Look("home", home, needed);
        yield return Look("work_dir", Path.GetFullPath(config.WorkDir, directory), needed);
    }

    /// <summary>A check for the place of a Python environment that is not made yet.</summary>
    public static Check OfEnvironment(string place, IReadOnlyList<string> jobs) =>
        Look($"environment {Path.GetFileName(place.TrimEnd('/'))}", place, EnvironmentSize) with { Jobs = jobs };

    private static Check Look(string name, string path, long needed)
    {
        var existing = path;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        var status = free < Least ? CheckStatus.Missing : free < needed ? CheckStatus.Warning : CheckStatus.Ok;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{free / Gigabyte:0.0} GB free in {path}");
        return new Check("disk", name, status, status == CheckStatus.Ok ? detail : string.Create(
            CultureInfo.InvariantCulture, $"{detail}; the jobs may need {needed / Gigabyte:0.0} GB. Make room, or name another place"), []);
    }

    private static IEnumerable<string> Paths(JsonObject? options) => DataKeys.SelectMany(key => options?[key] switch
    {
        JsonArray list => list.Select(Text),
        var node => [Text(node)],
    }).OfType<string>();

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static long SizeOf(string path) => File.Exists(path) ? new FileInfo(path).Length
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) : 0;
}
