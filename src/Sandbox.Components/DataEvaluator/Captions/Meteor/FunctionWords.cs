namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>Words and marks that say little of what a sentence is about. METEOR takes the most frequent ones of a large
/// corpus; this list of as many was put together from the reference figures and the frequent words of English.</summary>
internal static class FunctionWords
{
    private static readonly HashSet<string> Words = new(
        (". , ; : ! ? ' \" ( ) -lrb- -rrb- - $ % & / 's 't 're 've s t n d m "
        + "a an the this that these those and or but if as than because when while not no nor "
        + "of in on at by for with from to into over about up out after before between under through "
        + "is are was were be been being am has have had do does did will would can could may should "
        + "i you he she it we they me him her us them my your his its our their who which what there one two all more other some any")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
