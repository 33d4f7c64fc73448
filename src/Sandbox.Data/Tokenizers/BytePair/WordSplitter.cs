using System.Globalization;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>The words of GPT-2: contractions, letters, numbers and other marks, each with one blank before it; of longer
/// blanks the last one goes to the next word. Works on code points, which .NET's patterns do not.</summary>
internal sealed class WordSplitter(bool addsBlank, bool splits) : TextSplitter
{
    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    public override void Split(string text, Action<string> word)
    {
        text = addsBlank && text.Length > 0 && text[0] != ' ' ? " " + text : text;
        if (!splits)
        {
            word(text);
            return;
        }

        for (var at = 0; at < text.Length;)
        {
            var end = End(text, at);
            word(text[at..end]);
            at = end;
        }
    }

    private static int End(string text, int at)
    {
        foreach (var contraction in Contractions)
        {
            if (string.CompareOrdinal(text, at, contraction, 0, contraction.Length) == 0)
            {
                return at + contraction.Length;
            }
        }

        var start = text[at] == ' ' && at + 1 < text.Length && KindAt(text, at + 1, out _) != Kind.Blank ? at + 1 : at;
        var kind = KindAt(text, start, out _);
        var end = RunEnd(text, start, kind);
        return kind == Kind.Blank && end < text.Length && end - start > 1 ? BeforeLast(text, start, end) : end;
    }

    // The last blank of several belongs to the word behind them, or stands alone.
    private static int BeforeLast(string text, int start, int end)
    {
        CodePoints.Before(text.AsSpan(0, end), end, out var units);
        return end - units > start ? end - units : end;
    }

    private static int RunEnd(string text, int start, Kind kind)
    {
        var end = start;
        while (end < text.Length && KindAt(text, end, out var units) == kind)
        {
            end += units;
        }

        return end;
    }

    private static Kind KindAt(string text, int at, out int units)
    {
        var codePoint = CodePoints.At(text, at, out units);
        if (codePoint < char.MaxValue && char.IsWhiteSpace((char)codePoint))
        {
            return Kind.Blank;
        }

        var category = CodePoints.Category(codePoint);
        return PythonText.IsLetter(category)
            ? Kind.Letter
            : category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber ? Kind.Number : Kind.Other;
    }

    private enum Kind
    {
        Blank,
        Letter,
        Number,
        Other,
    }
}
