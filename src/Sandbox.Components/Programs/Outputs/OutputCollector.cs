using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.Outputs;

/// <summary>
/// Takes what a program wrote. A relative path is looked for in the attempt's directory first, then where the program
/// ran; from there only what it wrote itself counts. What is found becomes the attempt's copy of the path, and is
/// published when the job has won. What is named by its place in the attempt's directory stays there.
/// </summary>
/// <param name="context">The job.</param>
/// <param name="specs">What is collected, placeholders filled.</param>
/// <param name="jobDirectory">The attempt's directory.</param>
/// <param name="workingDirectory">Where the program runs.</param>
internal sealed class OutputCollector(
    ComponentContext context, IReadOnlyList<OutputSpec> specs, string jobDirectory, string workingDirectory)
{
    private string StampsPath => context.Files.Lasting("outputs-before.json");

    /// <summary>Notes what lies there before the program runs; once an attempt, since it may be running already.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(StampsPath))
        {
            var stamps = FileStamps.Of(specs.Where(s => s.Kind != OutputKind.Metric).SelectMany(s => Files(s, workingDirectory)).Select(f => f.Full));
            var json = new JsonObject(stamps.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));
            await WholeFile.WriteTextAsync(StampsPath, json.ToJsonString(), cancellationToken);
        }
    }

    /// <summary>Collects, and gives the values in the order of the outputs.</summary>
    /// <exception cref="JobFailedException">An output is not there; all of them are named.</exception>
    public async Task<IReadOnlyList<JsonNode?>> CollectAsync(
        IReadOnlyDictionary<string, MetricSummary> metrics, CancellationToken cancellationToken)
    {
        var before = JsonNode.Parse(await File.ReadAllTextAsync(StampsPath, cancellationToken))!.AsObject();
        var (values, problems) = (new List<JsonNode?>(), new List<string>());
        foreach (var spec in specs)
        {
            values.Add(spec.Kind == OutputKind.Metric ? Metric(spec, metrics, problems) : Take(spec, before, problems));
        }

        return problems.Count == 0 ? values : throw new JobFailedException(string.Join(' ', problems));
    }

    private static JsonNode? Metric(OutputSpec spec, IReadOnlyDictionary<string, MetricSummary> metrics, List<string> problems)
    {
        if (metrics.TryGetValue(spec.Value, out var summary))
        {
            return summary.Get(spec.Take);
        }

        var known = metrics.Count == 0 ? "no metric at all; see watch" : string.Join(", ", metrics.Keys);
        problems.Add($"Output \"{spec.Name}\": the program's output held no metric \"{spec.Value}\"; it held {known}.{Suggestion.For(spec.Value, metrics.Keys)}");
        return null;
    }

    private JsonNode? Take(OutputSpec spec, JsonObject before, List<string> problems)
    {
        List<FoundFile> found = [.. Files(spec, jobDirectory).Where(f => IsBelow(f.Full, jobDirectory))];
        if (found.Count == 0)
        {
            found = [.. Files(spec, workingDirectory).Where(f => before[f.Full]?.GetValue<string>() != FileStamps.Stamp(f.Full))];
        }

        if (found.Count == 0)
        {
            problems.Add($"Output \"{spec.Name}\": the program wrote nothing to \"{spec.Value}\" (looked in {jobDirectory} and {workingDirectory}).");
            return null;
        }

        var paths = found.Select(Keep).ToList();
        return spec.Kind == OutputKind.Path ? Configured(spec.Value) : new JsonArray([.. paths.Select(p => (JsonNode?)p)]);
    }

    private string Keep(FoundFile file)
    {
        if (IsBelow(file.Full, jobDirectory) && Path.IsPathRooted(file.Named))
        {
            return file.Named;
        }

        var configured = Configured(file.Named);
        var copy = context.Files.ResolveWrite(configured);
        if (copy == file.Full)
        {
            return configured;
        }

        if (IsBelow(file.Full, jobDirectory))
        {
            KeptFile.Keep(file.Full, copy);
        }
        else
        {
            File.Copy(file.Full, copy, overwrite: true);
        }

        return configured;
    }

    // As the config names it, unless the program ran elsewhere than the run.
    private string Configured(string named) =>
        Path.GetFullPath(named, workingDirectory) == context.Files.FullPath(named) ? named : Path.GetFullPath(named, workingDirectory);

    private static IReadOnlyList<FoundFile> Files(OutputSpec spec, string root)
    {
        if (spec.Kind == OutputKind.Glob)
        {
            var (start, pattern) = Path.IsPathRooted(spec.Value) ? ("/", spec.Value) : (root, spec.Value);
            return [.. PathPattern.Match(start, pattern).Select(f => new FoundFile(start == "/" ? $"/{f}" : f, Path.Combine(start, f)))];
        }

        var full = Path.GetFullPath(spec.Value, root);
        return File.Exists(full) ? [new FoundFile(spec.Value, full)]
            : Directory.Exists(full)
                ? [.. PathPattern.Match(full, "**").Select(f => new FoundFile(Path.Combine(spec.Value, f), Path.Combine(full, f)))]
                : [];
    }

    private static bool IsBelow(string path, string directory) => path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A file that was found.</summary>
    /// <param name="Named">As the config names it.</param>
    /// <param name="Full">Where it lies.</param>
    private sealed record FoundFile(string Named, string Full);
}
