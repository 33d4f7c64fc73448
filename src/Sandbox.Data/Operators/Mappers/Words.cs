using System.Text;
using Sandbox.Data.Assets;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Removes words. What is left is joined with single separators: runs of blanks, empty cells and empty lines go,
/// even where no word does.</summary>
internal static class Words
{
    public static Func<string, string> WithinLength(LongWordsOptions options)
    {
        bool Fits(ReadOnlySpan<char> word) => PythonText.Length(word) is var length && length >= options.MinLen && length <= options.MaxLen;
        return text => Filter(text, word => Fits(word) || Fits(Stripped(word)));
    }

    public static Func<string, string> WithoutSubstrings(IncorrectSubstringsOptions options)
    {
        var substrings = options.Substrings;
        if (!options.Tokenization)
        {
            return text => Filter(text, word => HasNone(word, substrings));
        }

        var model = SentencePieceFiles.Load(options.Language);
        return text => WithoutPieces(text, model.Encode(text).Words, substrings);
    }

    // The pieces are joined without blanks, as upstream does it; a text that loses none stays as it is.
    private static string WithoutPieces(string text, WordSequence pieces, IReadOnlyList<string> substrings)
    {
        var (result, kept) = (new StringBuilder(text.Length), 0);
        for (var i = 0; i < pieces.Count; i++)
        {
            var word = pieces[i].ToString().Replace("\u2581", string.Empty, StringComparison.Ordinal);
            if (HasNone(word, substrings))
            {
                result.Append(word);
                kept++;
            }
        }

        return kept == pieces.Count ? text : result.ToString();
    }

    private static bool HasNone(ReadOnlySpan<char> word, IReadOnlyList<string> substrings)
    {
        var stripped = Stripped(word);
        foreach (var substring in substrings)
        {
            if (stripped.Contains(substring, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> Stripped(ReadOnlySpan<char> word)
    {
        var (start, end) = CodePointSet.Special.Strip(word, 0, word.Length);
        return word[start..end];
    }

    private delegate bool Keeps(ReadOnlySpan<char> word);

    private static string Filter(string text, Keeps keeps)
    {
        var result = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().Split('\n'))
        {
            var lineStart = result.Length;
            foreach (var cell in text.AsSpan()[line].Split('\t'))
            {
                AddCell(result, text.AsSpan()[line][cell], keeps, result.Length > lineStart ? "\t" : lineStart > 0 ? "\n" : string.Empty);
            }
        }

        return result.ToString();
    }

    private static void AddCell(StringBuilder result, ReadOnlySpan<char> cell, Keeps keeps, string separator)
    {
        foreach (var range in cell.Split(' '))
        {
            var word = cell[range];
            if (!word.IsEmpty && keeps(word))
            {
                result.Append(separator).Append(word);
                separator = " ";
            }
        }
    }
}
