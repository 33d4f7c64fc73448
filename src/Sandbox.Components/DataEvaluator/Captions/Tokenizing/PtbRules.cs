using System.Text.RegularExpressions;

namespace Sandbox.Components.DataEvaluator.Captions.Tokenizing;

/// <summary>The tokens of the Penn Treebank as the COCO caption evaluation cuts and writes them.</summary>
internal static partial class PtbRules
{
    private const string Letter = @"[\p{L}\p{M}]";
    private const string Word = @"[\p{L}\p{M}\p{Nd}]";

    // Titles and the like, months, days, states, companies: their full stop belongs to them.
    private const string Abbreviations =
        "mr|mrs|ms|messrs|dr|prof|rev|hon|gov|lieut|lt|col|gen|maj|capt|cpl|sgt|cmdr|adm|sen|rep|reps|sens|pres|st|mt|ft|ave|blvd|"
        + "jr|sr|bros|vs|etc|al|seq|alex|wm|jos|cie|fr|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|tues|wed|thu|thurs|fri|"
        + "ala|ariz|calif|colo|conn|dak|del|fla|ga|ind|kan|kans|mich|minn|miss|mont|neb|nev|okla|ore|penn|tenn|tex|va|wash|wis|wyo|"
        + "inc|co|cos|corp|ltd|plc|bancorp|assn|univ|dept|ph";

    public static IReadOnlyList<PtbRule> All { get; } =
    [
        PtbRule.Of(@"</?[A-Za-z!][^<>\r\n]*>", t => NoBreak().Replace(t, "\u00A0")),
        PtbRule.Of(@"&(?:amp|lt|gt|quot|apos|nbsp);", Entity),
        PtbRule.Of("""https?://[^\s"<>|()]+[^\s"<>|.!?(){},-]"""),
        PtbRule.Of("""www\.(?:[^\s"<>|.!?(){},]+\.)+[A-Za-z]{2,4}(?:/[^\s"<>|()]*[^\s"<>|.!?(){},-])?"""),
        PtbRule.Of("""(?:[^\s"`'<>|.!?(){},$_-]+\.)+(?:com|net|org|edu)(?:/[^\s"<>|()]*[^\s"<>|.!?(){},-])?(?![\p{L}\d])"""),
        PtbRule.Of("""[A-Za-z0-9][^\s"<>|()]*@(?:[^\s"<>|().]+\.)+[^\s"<>|().]+"""),
        PtbRule.Of(@"[@#][A-Za-z_]\w*"),
        PtbRule.Of(@"[<>]?[:;=][-o*']?[()DPdpO\\{@|\[\]](?!\w)", Brackets),
        PtbRule.Of(@"(?:\+\d{1,2}[ \u00A0-])?\(\d{2,4}\)[ \u00A0]?\d{3,4}[ \u00A0-]?\d{3,5}", Joined),
        PtbRule.Of(@"\d{1,4}[ \u00A0-]\d{1,4}/\d{1,4}(?![\d/])", Joined),
        PtbRule.Of(@"\d{1,4}/\d{1,4}(?:/\d{2,4})?"),
        PtbRule.Of(@"\d{1,2}-\d{1,2}-\d{2,4}"),
        PtbRule.Of(@"[½¼¾⅓⅔]", Fraction),
        PtbRule.Of(@"[A-Za-z](?:\.[A-Za-z])+\.?(?![A-Za-z])"),
        PtbRule.Of($@"(?i:{Abbreviations})\."),
        PtbRule.Of(@"(?<t>[A-Za-z]\.)\s+\S"),
        PtbRule.Of(@"(?<t>(?i:nos?|figs?|pp?|ca|art|bldg|op|prop)\.)\s*\d"),
        PtbRule.Of(@"(?:[Cc]\+\+|[CcFf]#)"),
        PtbRule.Of(@"(?<t>(?i:can))(?i:not)\b"),
        PtbRule.Of(@"(?<t>(?i:gon|wan|got|lem|gim|d'|'t))(?i:(?<=gon|wan)na|(?<=got)ta|(?<=lem|gim)me|(?<=d')ye|(?<='t)is|(?<='t)was)\b"),
        PtbRule.Of($@"(?<t>{Letter}+?)n't\b"),
        PtbRule.Of(@"n't\b", t => t),
        PtbRule.Of(@"[A-Z]+(?:&(?:amp;)?[A-Z]+)+", t => t.Replace("&amp;", "&", StringComparison.Ordinal)),
        PtbRule.Of($@"{Word}[\p{{L}}\p{{M}}\p{{Nd}}.,]*(?:-{Word}+)+"),
        PtbRule.Of($@"{Word}+(?:-{Letter}+){{0,2}}(?:/{Word}+(?:-{Letter}+){{0,2}}){{1,2}}"),
        PtbRule.Of($@"{Letter}+(?:\.{Letter}{Word}*)+"),
        PtbRule.Of($@"{Word}+(?:_+{Word}+)*"),
        PtbRule.Of($@"[dDoOlL]'{Letter}{Word}*"),
        PtbRule.Of(@"(?i:ma'am|c'mon|y'(?=\p{L})|'em|'n'|'til+)"),
        PtbRule.Of(@"'\d\ds?\b"),
        PtbRule.Of(@"[+-]?(?:\d+(?:[.,:]\d+)*|(?:[.,:]\d+)+)"),
        PtbRule.Of(@"'(?i:s|m|d|re|ve|ll)\b"),
        PtbRule.Of(@"(?:US|[A-Z])?\$"),
        PtbRule.Of("€", _ => "$"),
        PtbRule.Of("£", _ => "#"),
        PtbRule.Of("¢", _ => "cents"),
        PtbRule.Of("(?<t>\")[A-Za-z0-9$]", _ => "``"),
        PtbRule.Of("\"", _ => "''"),
        PtbRule.Of("``|''"),
        PtbRule.Of("(?<t>')[A-Za-z]", _ => "`"),
        PtbRule.Of(@"\.{3,5}|…", _ => "..."),
        PtbRule.Of(@"[–—]|-{2,}", _ => "--"),
        PtbRule.Of(@"[?!]+"),
        PtbRule.Of(@"[()\[\]{}]", Brackets),
        PtbRule.Of(@"[^\s\uD800-\uDFFF\u0000-\u001F]"),
    ];

    private static string Entity(string token) => token switch
    {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "''",
        "&apos;" => "'",
        _ => string.Empty,
    };

    private static string Fraction(string token) => token switch
    {
        "½" => "1/2",
        "¼" => "1/4",
        "¾" => "3/4",
        "⅓" => "1/3",
        _ => "2/3",
    };

    private static string Joined(string token) => Brackets(token).Replace(' ', '\u00A0');

    [GeneratedRegex(@"\s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoBreak();

    private static string Brackets(string token) => token
        .Replace("(", "-lrb-", StringComparison.Ordinal).Replace(")", "-rrb-", StringComparison.Ordinal)
        .Replace("[", "-lsb-", StringComparison.Ordinal).Replace("]", "-rsb-", StringComparison.Ordinal)
        .Replace("{", "-lcb-", StringComparison.Ordinal).Replace("}", "-rcb-", StringComparison.Ordinal);
}
