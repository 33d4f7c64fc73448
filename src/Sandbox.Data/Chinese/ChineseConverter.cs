using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Chinese;

/// <summary>
/// Converts Chinese text between scripts and regional forms as OpenCC does: the text is cut at the longest phrases of one
/// dictionary, then each segment goes through the dictionaries of each step, the longest text first.
/// </summary>
internal sealed class ChineseConverter
{
    private readonly PhraseDictionary _segmentation;
    private readonly PhraseDictionary[][] _steps;

    private ChineseConverter(string segmentation, string[][] steps)
    {
        _segmentation = PhraseDictionary.Find(segmentation);
        _steps = Array.ConvertAll(steps, step => Array.ConvertAll(step, PhraseDictionary.Find));
    }

    /// <summary>The conversions: <c>s2t</c> is from simplified to traditional, <c>tw</c>, <c>hk</c> and <c>jp</c> are the forms of
    /// Taiwan, Hong Kong and Japan, a <c>p</c> at the end converts idioms too.</summary>
    public static IReadOnlyDictionary<string, Lazy<ChineseConverter>> Modes { get; } = new Dictionary<string, Lazy<ChineseConverter>>(StringComparer.Ordinal)
    {
        ["s2t"] = Mode("STPhrases", ["STPhrases", "STCharacters"]),
        ["t2s"] = Mode("TSPhrases", ["TSPhrases", "TSCharacters"]),
        ["s2tw"] = Mode("STPhrases", ["STPhrases", "STCharacters"], ["TWVariants"]),
        ["tw2s"] = Mode("TSPhrases", ["TWVariantsRevPhrases", "TWVariantsRev"], ["TSPhrases", "TSCharacters"]),
        ["s2hk"] = Mode("STPhrases", ["STPhrases", "STCharacters"], ["HKVariants"]),
        ["hk2s"] = Mode("TSPhrases", ["HKVariantsRevPhrases", "HKVariantsRev"], ["TSPhrases", "TSCharacters"]),
        ["s2twp"] = Mode("STPhrases", ["STPhrases", "STCharacters"], ["TWPhrases"], ["TWVariants"]),
        ["tw2sp"] = Mode("TSPhrases", ["TWPhrasesRev", "TWVariantsRevPhrases", "TWVariantsRev"], ["TSPhrases", "TSCharacters"]),
        ["t2tw"] = Mode("TWVariants", ["TWVariants"]),
        ["tw2t"] = Mode("TWVariantsRevPhrases", ["TWVariantsRevPhrases", "TWVariantsRev"]),
        ["t2hk"] = Mode("HKVariants", ["HKVariants"]),
        ["hk2t"] = Mode("HKVariantsRevPhrases", ["HKVariantsRevPhrases", "HKVariantsRev"]),
        ["t2jp"] = Mode("JPVariants", ["JPVariants"]),
        ["jp2t"] = Mode("JPShinjitaiPhrases", ["JPShinjitaiPhrases", "JPShinjitaiCharacters", "JPVariantsRev"]),
    };

    /// <summary>Converts a text.</summary>
    public string Convert(string text)
    {
        // No dictionary has anything of ASCII alone.
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var length = _segmentation.LongestAt(text.AsSpan(at), out _);
            if (length == 0)
            {
                CodePoints.At(text, at, out var units);
                at += units;
                continue;
            }

            AddSegment(text[start..at], result);
            AddSegment(text.Substring(at, length), result);
            at += length;
            start = at;
        }

        AddSegment(text[start..], result);
        return result.ToString();
    }

    private static Lazy<ChineseConverter> Mode(string segmentation, params string[][] steps) => new(() => new ChineseConverter(segmentation, steps));

    private void AddSegment(string segment, StringBuilder result)
    {
        foreach (var step in _steps)
        {
            segment = segment.Length == 0 ? segment : Apply(segment, step);
        }

        result.Append(segment);
    }

    // The first dictionary that has something at a place decides, even where another has more.
    private static string Apply(string segment, PhraseDictionary[] step)
    {
        var result = new StringBuilder(segment.Length);
        for (var at = 0; at < segment.Length;)
        {
            var (length, replacement) = (0, string.Empty);
            for (var i = 0; i < step.Length && length == 0; i++)
            {
                length = step[i].LongestAt(segment.AsSpan(at), out replacement);
            }

            if (length == 0)
            {
                CodePoints.At(segment, at, out length);
                result.Append(segment, at, length);
            }
            else
            {
                result.Append(replacement);
            }

            at += length;
        }

        return result.ToString();
    }
}
