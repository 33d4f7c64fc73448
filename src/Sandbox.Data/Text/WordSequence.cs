using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Data.Text;

/// <summary>A word within a text, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordSpan(int Start, int Length);

/// <summary>The words of a text, or the tokens that a model makes of it, as places in one string. Not thread-safe.</summary>
internal sealed class WordSequence(string text, WordSpan[] words)
{
    private WordSequence? _lower;
    private WordSequence? _refined;

    /// <summary>What the places mean.</summary>
    public string Text => text;

    public ReadOnlySpan<WordSpan> Words => words;

    public int Count => words.Length;

    public ReadOnlySpan<char> this[int index] => text.AsSpan(words[index].Start, words[index].Length);

    /// <summary>Each word in lower case.</summary>
    public WordSequence Lower => _lower ??= ToLower();

    /// <summary>The words without special characters at their ends; those that vanish are left out.</summary>
    public WordSequence Refined => _refined ??= Refine();

    /// <summary>Splits at blank, line feed and tab.</summary>
    public static WordSequence Split(string text)
    {
        var words = new List<WordSpan>((text.Length / 6) + 1);
        var span = text.AsSpan();
        for (var at = 0; at < span.Length;)
        {
            var length = span[at..].IndexOfAny(' ', '\n', '\t');
            length = length < 0 ? span.Length - at : length;
            if (length > 0)
            {
                words.Add(new WordSpan(at, length));
            }

            at += length + 1;
        }

        return new WordSequence(text, [.. words]);
    }

    private WordSequence Refine()
    {
        var refined = new WordSpan[words.Length];
        var count = 0;
        foreach (var word in words)
        {
            var (start, end) = CodePointSet.Special.Strip(text, word.Start, word.Start + word.Length);
            if (end > start)
            {
                refined[count++] = new WordSpan(start, end - start);
            }
        }

        Array.Resize(ref refined, count);
        return new WordSequence(text, refined);
    }

    private WordSequence ToLower()
    {
        var lower = PythonText.ToLower(text);
        if (!PythonText.HasSpecialCases(text))
        {
            return new WordSequence(lower, words);
        }

        // Word by word: a sigma is final where its word ends, and some letters get longer.
        var (all, places) = (new StringBuilder(text.Length + 8), new WordSpan[words.Length]);
        for (var i = 0; i < words.Length; i++)
        {
            var word = PythonText.ToLower(this[i].ToString());
            places[i] = new WordSpan(all.Length, word.Length);
            all.Append(word);
        }

        return new WordSequence(all.ToString(), places);
    }
}
