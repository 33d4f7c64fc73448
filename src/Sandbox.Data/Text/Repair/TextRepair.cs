using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Data.Text.Repair;

/// <summary>
/// Repairs a text as ftfy's <c>fix_text</c> does with its default settings: wrongly decoded text, HTML references where no
/// <c>&lt;</c> came before, ligatures, characters of other width, curly quotation marks, line ends, half surrogate pairs,
/// terminal escapes, control characters; then a normal form. Line by line, and again until nothing changes.
/// </summary>
internal sealed partial class TextRepair(NormalForm form)
{
    private const int LongestPart = 1_000_000;

    // Where a line has nothing else, nothing is to be done.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "\t\n\f !\"#$%'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly Dictionary<char, string> Replacements = BuildReplacements();
    private static readonly SearchValues<char> Replaced = SearchValues.Create([.. Replacements.Keys]);

    /// <summary>The repaired text; the same object where nothing is to be done.</summary>
    public string Repair(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var unescapes = true;
        for (var at = 0; at < text.Length;)
        {
            var end = PartEnd(text, at);
            var part = text.AsSpan(at, end - at);
            unescapes &= !part.Contains('<');
            if (part.ContainsAnyExcept(Plain))
            {
                result.Append(RepairPart(part.ToString(), unescapes));
            }
            else
            {
                result.Append(part);
            }

            at = end;
        }

        return result.ToString();
    }

    private static int PartEnd(string text, int at)
    {
        var feed = text.IndexOf('\n', at);
        var end = feed < 0 ? text.Length : feed + 1;
        if (end - at <= LongestPart)
        {
            return end;
        }

        // A million code points, not units.
        var units = at;
        for (var count = 0; count < LongestPart && units < end; count++)
        {
            CodePoints.At(text, units, out var width);
            units += width;
        }

        return units;
    }

    private string RepairPart(string text, bool unescapes)
    {
        while (true)
        {
            var before = text;
            text = unescapes ? HtmlReferences.Replace(text) : text;
            text = Mojibake.WithoutControls(Mojibake.Fix(text));
            text = ReplaceCharacters(text);
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            text = text.Contains('\u001b', StringComparison.Ordinal) ? TerminalEscape().Replace(text, string.Empty) : text;
            text = UnicodeNormaliser.Normalise(WithoutControlCharacters(text), form);
            if (string.Equals(text, before, StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    private static string ReplaceCharacters(string text)
    {
        if (!text.AsSpan().ContainsAny(Replaced) && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length;)
        {
            var codePoint = CodePoints.At(text, at, out var units);
            if (codePoint is >= 0xd800 and <= 0xdfff)
            {
                result.Append('\ufffd');
            }
            else if (units == 1 && Replacements.TryGetValue(text[at], out var replacement))
            {
                result.Append(replacement);
            }
            else
            {
                result.Append(text, at, units);
            }

            at += units;
        }

        return result.ToString();
    }

    private static string WithoutControlCharacters(string text)
    {
        var kept = 0;
        while (kept < text.Length && !IsControl(text[kept]))
        {
            kept++;
        }

        return kept == text.Length ? text : string.Concat(text.AsSpan(0, kept), new string([.. text.Skip(kept).Where(c => !IsControl(c))]));
    }

    private static bool IsControl(char c) => c is <= '\u0008' or '\v' or (>= '\u000e' and <= '\u001f') or '\u007f'
        or (>= '\u206a' and <= '\u206f') or '\ufeff' or (>= '\ufff9' and <= '\ufffc');

    // Facts of ftfy 6.3: ligatures and digraphs of Latin letters, forms of other width, quotation marks, line ends.
    private static Dictionary<char, string> BuildReplacements()
    {
        var table = new Dictionary<char, string>
        {
            ['Ĳ'] = "IJ", ['ĳ'] = "ij", ['ŉ'] = "'n", ['Ǳ'] = "DZ", ['ǲ'] = "Dz", ['ǳ'] = "dz", ['Ǆ'] = "DŽ", ['ǅ'] = "Dž", ['ǆ'] = "dž",
            ['Ǉ'] = "LJ", ['ǈ'] = "Lj", ['ǉ'] = "lj", ['Ǌ'] = "NJ", ['ǋ'] = "Nj", ['ǌ'] = "nj",
            ['ﬀ'] = "ff", ['ﬁ'] = "fi", ['ﬂ'] = "fl", ['ﬃ'] = "ffi", ['ﬄ'] = "ffl", ['ﬅ'] = "ſt", ['ﬆ'] = "st",
            ['\u3000'] = " ", ['\u02bc'] = "'", ['\u2028'] = "\n", ['\u2029'] = "\n", ['\u0085'] = "\n",
        };
        for (var c = '\u2018'; c <= '\u201f'; c++)
        {
            table[c] = c <= '\u201b' ? "'" : "\"";
        }

        for (var c = '\uff01'; c < '\ufff0'; c++)
        {
            var standard = UnicodeNormaliser.Normalise(c.ToString(), NormalForm.Nfkc);
            if (standard[0] != c)
            {
                table[c] = standard;
            }
        }

        return table;
    }

    [GeneratedRegex("\u001b\\[[\\p{Nd};]*[a-zA-Z]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex TerminalEscape();
}
