using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>A stretch of the Universal Declaration of Human Rights in another language than English.</summary>
internal static class OtherLanguages
{
    public static DirtyText Quote(Material material, ChanceStream chance)
    {
        var declaration = chance.Pick(material.Declarations);
        var count = chance.Between(4, 9);
        var start = chance.Below(declaration.Paragraphs.Count - count + 1);
        return new DirtyText(
            string.Join('\n', declaration.Paragraphs.Skip(start).Take(count)),
            $"{declaration.Language}, paragraphs {start + 1} to {start + count}");
    }
}
