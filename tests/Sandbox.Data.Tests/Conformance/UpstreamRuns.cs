using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;
using Sandbox.Data.Operators;
using Sandbox.Data.Tests.Execution;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Conformance;

/// <summary>Whole runs of the real Data-Juicer, for the recipes whose operators all exist.</summary>
public sealed class UpstreamRuns
{
    private const string Folder = "upstream-runs/data-juicer";

    // Files of a folder come as the file system lists them, so that the order of these rows depends on the machine.
    private static readonly string[] AnyOrder = ["format-folder"];

    [ReferenceFact(Folder + "/recipes")]
    public async Task Recipes_write_what_upstream_wrote()
    {
        var root = Reference.Find(Folder)!;
        var (differences, ran) = (new List<string>(), new List<string>());
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "recipes"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var recipe = await ReadAsync(path);
            if (recipe is null || !Directory.Exists(Path.Combine(root, "out", name)) || !HasData(root, recipe))
            {
                continue;
            }

            ran.Add(name);
            RecipeValidator.Check(recipe).ShouldBeEmpty(name);
            using var files = new ReferenceFiles(root);
            await RecipeExecutor.RunAsync(recipe, files, new DataRunOptions { Time = TimeProvider.System }, new Progress<Core.Components.JobProgress>(), CancellationToken.None);
            differences.AddRange(Compare(root, name, files));
        }

        ran.Count.ShouldBeGreaterThan(90, string.Join(' ', ran));
        differences.ShouldBeEmpty(string.Join('\n', differences));
    }

    [ReferenceFact(Folder + "/analyze")]
    public async Task Analysis_writes_the_figures_of_upstream()
    {
        var root = Reference.Find(Folder)!;
        foreach (var name in new[] { "sotu", "udhr" })
        {
            var full = await ReadAsync(Path.Combine(root, "analyze", name + ".yaml"));
            using var files = new ReferenceFiles(root);
            var result = await Data.Analysis.Analyzer.RunAsync(
                full!, null, files, new DataRunOptions { Time = TimeProvider.System }, new Progress<Core.Components.JobProgress>(), CancellationToken.None);

            var expected = await ReadTableAsync(Path.Combine(root, "out", "analyze-" + name, "analysis", "overall.csv"));
            var actual = await ReadTableAsync(files.ResolveRead(result.OverallPath));
            foreach (var ((row, column), value) in actual)
            {
                value.ShouldBe(expected[(row, column)], 1e-9 * Math.Max(1, Math.Abs(value)), $"{name} {row} {column}");
            }

            actual.Count.ShouldBe(expected.Count);
            File.ReadAllText(files.ResolveRead(result.OverallPath.Replace(".csv", ".md", StringComparison.Ordinal))).ShouldContain("| count ");
        }
    }

    private static async Task<Dictionary<(string Row, string Column), double>> ReadTableAsync(string path)
    {
        var lines = await File.ReadAllLinesAsync(path);
        var columns = lines[0].Split(',');
        var cells = lines.Skip(1).Select(l => l.Split(',')).SelectMany(cells => cells.Skip(1).Select((c, i) => (Row: cells[0], Column: columns[i + 1], Cell: c)));
        return cells.Where(c => double.TryParse(c.Cell, System.Globalization.CultureInfo.InvariantCulture, out _))
            .ToDictionary(c => (c.Row, c.Column), c => double.Parse(c.Cell, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<Recipe?> ReadAsync(string path)
    {
        var node = ConfigParser.Parse(await File.ReadAllBytesAsync(path), path, new List<Fault>())?.ToJson() as JsonObject;
        // Options of operators are paths from the current directory, which tests share.
        var root = Reference.Find(Folder);
        var text = node?.ToJsonString()
            .Replace("\"./assets", $"\"{root}/assets", StringComparison.Ordinal)
            .Replace("\"./models", $"\"{root}/models", StringComparison.Ordinal);
        return text is null ? null : Recipe.Parse((JsonObject)JsonNode.Parse(text)!);
    }

    // The mail is not kept with the references.
    private static bool HasData(string root, Recipe recipe) => recipe.Sources.Paths.All(p => Path.Exists(Path.Combine(root, p)));

    private static IEnumerable<string> Compare(string root, string name, ReferenceFiles files)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "out", name), "*", SearchOption.AllDirectories))
        {
            var actual = files.ResolveRead(Path.GetRelativePath(root, path).Replace("expected", "result", StringComparison.Ordinal));
            if (!File.Exists(actual))
            {
                yield return $"{name}/{Path.GetFileName(path)}: was not written";
                continue;
            }

            var (left, right) = (Rows(path, name), Rows(actual, name));
            if (left.Count != right.Count)
            {
                yield return $"{name}/{Path.GetFileName(path)}: expected {left.Count} rows, got {right.Count}";
            }

            var first = left.Zip(right).Select((pair, i) => JsonCompare.Difference(pair.First, JsonCompare.Hashed(pair.First, pair.Second), $"{name}/{Path.GetFileName(path)}:{i + 1}"))
                .FirstOrDefault(d => d is not null);
            if (first is not null)
            {
                yield return first;
            }
        }
    }

    private static IReadOnlyList<JsonNode> Rows(string path, string name)
    {
        var rows = path.EndsWith(".json", StringComparison.Ordinal)
            ? ((JsonArray)JsonNode.Parse(File.ReadAllText(path))!).Select(n => n!)
            : File.ReadAllLines(path).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!);
        return [.. AnyOrder.Contains(name) ? rows.OrderBy(r => r.ToJsonString(), StringComparer.Ordinal) : rows];
    }

    /// <summary>Reads from the reference folder, writes elsewhere.</summary>
    private sealed class ReferenceFiles(string root) : Core.Components.IJobFiles, IDisposable
    {
        private readonly TestFiles _own = new();

        public string ResolveRead(string path) => Path.Exists(_own.ResolveRead(path)) ? _own.ResolveRead(path) : Path.Combine(root, path);

        public string ResolveWrite(string path) => _own.ResolveWrite(path);

        public string FullPath(string path) => _own.FullPath(path);

        public string Scratch(string name) => _own.Scratch(name);

        public void Dispose() => _own.Dispose();
    }
}
