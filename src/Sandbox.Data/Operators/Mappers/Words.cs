using System.Text;
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

    public static Func<string, string> WithoutSubstrings(IncorrectSubstringsOptions options) =>
        text => Filter(text, word =>
        {
            var stripped = Stripped(word);
            foreach (var substring in options.Substrings)
            {
                if (stripped.Contains(substring, StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        });

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
