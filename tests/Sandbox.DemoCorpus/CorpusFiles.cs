using System.Text;
using Sandbox.DemoCorpus.Source;
using Sandbox.DemoCorpus.Variants;

namespace Sandbox.DemoCorpus;

/// <summary>All files of the shipped corpus that are made of the npm packages.</summary>
internal static class CorpusFiles
{
    /// <summary>The seeds of the protocol.</summary>
    public static IReadOnlyList<int> Seeds { get; } = [1, 2, 3, 4, 5];

    /// <summary>Makes every file: path below the corpus directory, with <c>/</c>, and content.</summary>
    /// <param name="packages">The <c>node_modules</c> directory that holds both packages.</param>
    public static IEnumerable<(string Path, byte[] Content)> Make(string packages)
    {
        var addresses = AddressReader.ReadAll(packages);
        var declarations = DeclarationReader.ReadAll(packages);
        var deal = new Deal(addresses);
        foreach (var seed in Seeds)
        {
            foreach (var file in Files($"seed-{seed}", Variant.Make(seed, VariantSize.Full, deal.For(seed), declarations)))
            {
                yield return file;
            }
        }

        foreach (var file in Files("slice", Variant.Make(1, VariantSize.Slice, deal.For(1), declarations)))
        {
            yield return file;
        }

        yield return ("vocabulary.txt", Lines(Vocabulary.Make(deal.AlwaysTraining)));
    }

    private static IEnumerable<(string Path, byte[] Content)> Files(string directory, Variant variant) =>
        new[] { ("train", variant.Train), ("tune", variant.Tune), ("test", variant.Test) }
            .Where(split => split.Item2.Count > 0)
            .Select(split => ($"{directory}/{split.Item1}.jsonl", Lines(split.Item2.Select(r => r.ToLine()))));

    private static byte[] Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
}
