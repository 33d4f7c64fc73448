using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Upstream;

public sealed class PoolsTests
{
    private const string Runs = "upstream-runs/data-juicer";

    [ReferenceFact($"{Runs}/sandbox/pools.yaml")]
    public async Task Pools_hold_the_rows_that_upstream_put_into_them()
    {
        using var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs", "inputs");

        (await site.RunAsync("run", "sandbox/pools.yaml")).Succeeded();

        var files = site.Files("out/sandbox-pools").Where(f => f.EndsWith(".jsonl", StringComparison.Ordinal)).ToList();
        files.ShouldBe(Directory.EnumerateFiles(Reference.Find($"{Runs}/out/sandbox-pools")!, "*.jsonl", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Reference.Find($"{Runs}/out/sandbox-pools")!, f)), ignoreOrder: true);
        foreach (var file in files)
        {
            Rows(site[$"out/sandbox-pools/{file}"], file).SequenceEqual(
                Rows(Reference.Find($"{Runs}/out/sandbox-pools/{file}")!, file), StringComparer.Ordinal).ShouldBeTrue(file);
        }
    }

    // Upstream combines sets of texts, whose order changes from run to run.
    private static IEnumerable<string> Rows(string path, string file) => file.StartsWith("combined/", StringComparison.Ordinal)
        ? File.ReadLines(path).Select(Comparable).Order(StringComparer.Ordinal)
        : File.ReadLines(path).Select(Comparable);

    // Upstream's rows were kept with a hash for the text and without meta.
    private static string Comparable(string line)
    {
        var row = JsonNode.Parse(line)!.AsObject();
        var text = row["text"]?.ToString();
        var hash = text is null
            ? row["text_sha256"]?.ToString()
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
        var stats = row["__dj__stats__"]?.AsObject();
        var score = ((double?)stats?["lang_score"])?.ToString("F9", CultureInfo.InvariantCulture);
        return $"{row["id"]} {row["prompt"]} {row["question"]} {hash} {stats?["num_words"]} {stats?["text_len"]} {stats?["lang"]} {score}";
    }
}
