using System.Buffers;
using Sandbox.Data.Assets;
using Sandbox.Data.Text;
using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Cuts texts into tokens and gives their shingles. Tokens stand in one buffer with their separators, so that a
/// shingle is a slice of it.</summary>
internal sealed class Shingler
{
    private readonly bool _lowercase;
    private readonly string _tokenization;
    private readonly Func<string, string>? _ignore;
    private readonly SentencePieceModel? _pieces;

    public Shingler(ShingleOptions options)
    {
        (_lowercase, _tokenization, Window) = (options.Lowercase, options.Tokenization, options.Window);
        _ignore = options.IgnorePattern switch
        {
            null or "" => null,
            "\\p{P}" => WithoutPunctuation,
            var pattern => new PythonRegex(pattern, dotMatchesAll: false).Replacer(string.Empty),
        };
        _pieces = (options as MinHashOptions)?.TokenizerPath is { } path && _tokenization == "sentencepiece"
            ? SharedModels.Get(path, SentencePieceModel.Load)
            : null;
    }

    /// <summary>Tokens of a shingle.</summary>
    public int Window { get; }

    /// <summary>The shingles of a text, in a list of this thread that is good until the next call.</summary>
    public ShingleList Cut(TextView view)
    {
        var text = _lowercase ? view.Lower.Text : view.Text;
        text = _ignore is null ? text : _ignore(text);
        var list = ShingleList.Rent(text.Length, Window);
        switch (_tokenization)
        {
            case "space":
                AtBlanks(text, list);
                break;
            case "punctuation":
                AtPunctuation(text, list);
                break;
            case "character":
                Characters(text, list);
                break;
            default:
                var words = _pieces!.Encode(text).Words;
                for (var i = 0; i < words.Count; i++)
                {
                    list.Add(words[i], isSeparated: false);
                }

                break;
        }

        return list;
    }

    // Line feeds and tabs stay within tokens.
    private static void AtBlanks(ReadOnlySpan<char> text, ShingleList list)
    {
        while (!text.IsEmpty)
        {
            var length = text.IndexOf(' ');
            var token = length < 0 ? text : text[..length];
            if (!token.IsEmpty)
            {
                list.Add(token, isSeparated: true);
            }

            text = length < 0 ? default : text[(length + 1)..];
        }
    }

    // Between two marks stands an empty token.
    private static void AtPunctuation(ReadOnlySpan<char> text, ShingleList list)
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var isMark = IsPunctuation(CodePoints.At(text, at, out var units));
            if (isMark)
            {
                list.Add(text[start..at], isSeparated: true);
                start = at + units;
            }

            at += units;
        }

        list.Add(text[start..], isSeparated: true);
    }

    private static void Characters(ReadOnlySpan<char> text, ShingleList list)
    {
        for (var at = 0; at < text.Length;)
        {
            CodePoints.At(text, at, out var units);
            list.Add(text.Slice(at, units), isSeparated: false);
            at += units;
        }
    }

    private static string WithoutPunctuation(string text)
    {
        var kept = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var units = 1;
            if (!(text[at] < 0x80 ? CodePointSet.Punctuation.HasAscii(text[at]) : IsPunctuation(CodePoints.At(text, at, out units))))
            {
                text.AsSpan(at, units).CopyTo(kept.AsSpan(length));
                length += units;
            }

            at += units;
        }

        var result = length == text.Length ? text : new string(kept, 0, length);
        ArrayPool<char>.Shared.Return(kept);
        return result;
    }

    private static bool IsPunctuation(int codePoint) => CodePointSet.Punctuation.Contains(codePoint);
}
