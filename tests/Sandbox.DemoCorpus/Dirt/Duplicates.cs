using Sandbox.DemoCorpus.Chance;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>Documents that stand in the split already, as they are or with white space and case changed.</summary>
internal static class Duplicates
{
    public static DirtyText Exact(Material material, ChanceStream chance)
    {
        var document = Popular(material, chance);
        return new DirtyText(document.Text, "copy", document);
    }

    public static DirtyText Altered(Material material, ChanceStream chance)
    {
        var document = Popular(material, chance);
        return chance.Below(3) switch
        {
            0 => new DirtyText(document.Text.ToUpperInvariant(), "copy in capitals", document),
            1 => new DirtyText(document.Text.Replace("\n", "\n\n", StringComparison.Ordinal), "copy with empty lines", document),
            _ => new DirtyText(document.Text.Replace(". ", ".   ", StringComparison.Ordinal) + "  \n", "copy with wide gaps", document),
        };
    }

    /// <summary>A few documents are copied often and most not at all, as on the web: squaring favours the first ones.</summary>
    private static Document Popular(Material material, ChanceStream chance)
    {
        var place = chance.Fraction();
        return material.Clean[(int)(place * place * material.Clean.Count)];
    }
}
