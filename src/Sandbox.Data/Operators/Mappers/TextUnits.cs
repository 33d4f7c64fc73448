using Sandbox.Data.Text;
using Sandbox.Data.Tokenizers.BytePair;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>What the length of a chunk counts.</summary>
internal interface ITextUnits
{
    /// <summary>The first units of a text; null where it has no more than these.</summary>
    string? Head(string text, int length);

    /// <summary>What follows the first units.</summary>
    string Tail(string text, int start);

    /// <summary>Overlapping windows over the text; the text itself where one is enough.</summary>
    IEnumerable<string> Windows(string text, int length, int overlap);
}

/// <summary>Counts code points.</summary>
internal sealed class CharacterUnits : ITextUnits
{
    public string? Head(string text, int length)
    {
        var end = Advance(text, 0, length);
        return end < text.Length ? text[..end] : null;
    }

    public string Tail(string text, int start) => text[Advance(text, 0, start)..];

    public IEnumerable<string> Windows(string text, int length, int overlap)
    {
        if (Head(text, length) is null)
        {
            yield return text;
            yield break;
        }

        for (var start = 0; start < text.Length; start = Advance(text, start, length - overlap))
        {
            yield return text[start..Advance(text, start, length)];
        }
    }

    private static int Advance(string text, int at, int count)
    {
        for (; count > 0 && at < text.Length; count--)
        {
            CodePoints.At(text, at, out var units);
            at += units;
        }

        return at;
    }
}

/// <summary>Counts tokens.</summary>
internal sealed class TokenUnits(BytePairTokenizer tokenizer) : ITextUnits
{
    public string? Head(string text, int length)
    {
        var tokens = tokenizer.Encode(text);
        return tokens.Count > length ? tokenizer.Decode(tokens.Take(length)) : null;
    }

    public string Tail(string text, int start) => tokenizer.Decode(tokenizer.Encode(text).Skip(start));

    public IEnumerable<string> Windows(string text, int length, int overlap)
    {
        var tokens = tokenizer.Encode(text);
        if (tokens.Count <= length)
        {
            yield return text;
            yield break;
        }

        for (var start = 0; start < tokens.Count; start += length - overlap)
        {
            yield return tokenizer.Decode(tokens.Skip(start).Take(length));
        }
    }
}
