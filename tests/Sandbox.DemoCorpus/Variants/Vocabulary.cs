using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Variants;

/// <summary>The fixed vocabulary of every model of every seed: all words, parted by white space, that stand at least
/// twice in the addresses that every seed trains on. It sees no address that any seed tests or tunes on, and no dirt.</summary>
internal static class Vocabulary
{
    private const int LeastCount = 2;

    public static IReadOnlyList<string> Make(IReadOnlyList<Address> alwaysTraining)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in alwaysTraining.SelectMany(a => a.Documents).SelectMany(d => d.Text.Split(' ', '\n')))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return [.. counts.Where(c => c.Value >= LeastCount).Select(c => c.Key).Order(StringComparer.Ordinal)];
    }
}
