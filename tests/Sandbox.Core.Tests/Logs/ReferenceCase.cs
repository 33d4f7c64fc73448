using System.Text.Json;
using Sandbox.Core.Logs;
using Sandbox.Testing;

namespace Sandbox.Core.Tests.Logs;

/// <summary>The output of a real trainer, and what must be found in it.</summary>
internal sealed record ReferenceCase(string Name, byte[] Stdout, byte[] Stderr, int Exit, JsonElement Expected)
{
    public const string Folder = "upstream-runs/logs";

    public static IEnumerable<string> Names => Reference.Find(Folder) is { } folder
        ? Directory.EnumerateFiles(folder, "*.expected.json").Select(f => Path.GetFileName(f).Replace(".expected.json", string.Empty, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        : [];

    public static ReferenceCase Read(string name)
    {
        var path = Path.Combine(Reference.Find(Folder)!, name);
        using var document = JsonDocument.Parse(File.ReadAllText(path + ".expected.json"));
        return new ReferenceCase(
            name,
            File.ReadAllBytes(path + ".stdout"),
            File.ReadAllBytes(path + ".stderr"),
            int.Parse(File.ReadAllText(path + ".exit"), System.Globalization.CultureInfo.InvariantCulture),
            document.RootElement.Clone());
    }

    /// <summary>The rows that are findings of a watcher: all but messages of errors.</summary>
    public IEnumerable<JsonElement> Rows => Expected.GetProperty("rows").EnumerateArray()
        .Where(r => !r.TryGetProperty("kind", out var kind) || kind.GetString() != "error");

    /// <summary>What a watcher finds in both streams, fed in portions of the given size.</summary>
    public List<LogFinding> Watch(LogWatch watch, int portion)
    {
        var found = new List<LogFinding>();
        foreach (var (stream, bytes) in new[] { ("stdout", Stdout), ("stderr", Stderr) })
        {
            var watcher = watch.Open(stream);
            foreach (var chunk in bytes.Chunk(portion))
            {
                found.AddRange(watcher.Read(chunk));
            }

            found.AddRange(watcher.Complete());
        }

        return found;
    }
}
