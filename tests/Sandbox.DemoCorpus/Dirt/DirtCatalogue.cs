namespace Sandbox.DemoCorpus.Dirt;

/// <summary>All kinds of dirt. The shares leave a little more than half of a training split clean, which is mild
/// beside a web crawl, where filters commonly drop more than half.</summary>
internal static class DirtCatalogue
{
    public static IReadOnlyList<DirtKind> All { get; } =
    [
        new("duplicate_exact", 0.03, Duplicates.Exact),
        new("duplicate_altered", 0.03, Duplicates.Altered),
        new("boilerplate_around", 0.06, Boilerplate.Around),
        new("boilerplate_only", 0.03, Boilerplate.Only),
        new("markup", 0.05, Markup.Wrap),
        new("typography", 0.03, Typography.Dress),
        new("language", 0.05, OtherLanguages.Quote),
        new("paragraph_repeated", 0.02, Repetition.Paragraphs),
        new("phrase_repeated", 0.02, Repetition.Phrase),
        new("words_cut", 0.02, Breakage.CutWords),
        new("characters_shuffled", 0.02, Breakage.ShuffleCharacters),
        new("ocr_noise", 0.025, Breakage.Misread),
        new("number_table", 0.02, Debris.NumberTable),
        new("symbols", 0.015, Debris.Symbols),
        new("line_overlong", 0.015, Debris.OverlongLine),
        new("fragment", 0.025, Debris.Fragment),
    ];
}
