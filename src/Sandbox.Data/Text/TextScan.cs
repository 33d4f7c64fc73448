using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sandbox.Data.Text;

/// <summary>
/// Counts a text in one pass over its UTF-8. Blocks of 64 ASCII bytes become bit masks, a bit a byte, and are counted
/// without a branch for each character; other blocks go code point by code point through the table of classes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct TextScan
{
    private const int Block = 64;
    private int _length;
    private int _alphanumeric;
    private int _special;
    private int _lines;
    private int _longest;
    private int _line;
    private int _words;
    private bool _inWord;
    private bool _afterReturn;

    public void Run(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (text.Length - at >= Block)
        {
            ref var start = ref Unsafe.AsRef(in text[at]);
            var low = Vector256.LoadUnsafe(ref start);
            var high = Vector256.LoadUnsafe(ref start, 32);
            if (((low | high).ExtractMostSignificantBits()) == 0)
            {
                Count(low, high, ulong.MaxValue, Block, text.Slice(at, Block));
                at += Block;
            }
            else
            {
                at += CountOneByOne(text[at..], Block);
            }
        }

        Rest(text[at..]);
    }

    /// <summary>The figures, once the whole text was seen.</summary>
    public readonly TextFigures End() =>
        new(_length, _alphanumeric, _special, _lines + (_line > 0 ? 1 : 0), Math.Max(_longest, _line), _words);

    private void Rest(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            if (text.IsEmpty)
            {
                return;
            }

            Span<byte> padded = stackalloc byte[Block];
            padded.Clear();
            text.CopyTo(padded);
            Count(Vector256.Create<byte>(padded), Vector256.Create<byte>(padded[32..]), (1UL << text.Length) - 1, text.Length, text);
            return;
        }

        CountOneByOne(text, text.Length);
    }

    private void Count(Vector256<byte> low, Vector256<byte> high, ulong valid, int count, ReadOnlySpan<byte> bytes)
    {
        var letters = Mask(Letters(low), Letters(high)) & valid;
        var digits = Mask(Between(low, '0', '9'), Between(high, '0', '9')) & valid;
        var controls = Mask(Controls(low), Controls(high)) & valid;
        var separators = Mask(Separators(low), Separators(high)) & valid;
        var ends = Mask(LineEnds(low), LineEnds(high)) & valid;
        _length += count;
        _alphanumeric += BitOperations.PopCount(letters | digits);
        _special += count - BitOperations.PopCount(letters | controls);
        CountWords(letters | controls, ~separators & valid, count);
        CountLines(ends, count, bytes);
    }

    // A word counts at its first character that is not special: these are spread over the rest of the word, and what
    // begins such a stretch is a word.
    private void CountWords(ulong plain, ulong inside, int count)
    {
        var carry = _inWord ? 1UL : 0;
        var fill = plain | (carry & inside);
        var open = inside;
        for (var shift = 1; shift < Block; shift <<= 1)
        {
            fill |= (fill << shift) & open;
            open &= open << shift;
        }

        _words += BitOperations.PopCount(fill & ~((fill << 1) | carry));
        _inWord = ((fill >> (count - 1)) & 1) != 0;
    }

    private void CountLines(ulong ends, int count, ReadOnlySpan<byte> bytes)
    {
        var from = 0;
        for (; ends != 0; ends &= ends - 1)
        {
            var at = BitOperations.TrailingZeroCount(ends);
            _line += at - from;
            EndLine(bytes[at]);
            from = at + 1;
        }

        _line += count - from;
    }

    private void EndLine(int sign)
    {
        // A line feed right behind a carriage return belongs to it.
        if (!(sign == '\n' && _afterReturn && _line == 0))
        {
            _lines++;
            _longest = Math.Max(_longest, _line);
            _line = 0;
        }

        _afterReturn = sign == '\r';
    }

    private int CountOneByOne(ReadOnlySpan<byte> text, int least)
    {
        var at = 0;
        while (at < least)
        {
            int codePoint = text[at];
            if (codePoint < 0x80)
            {
                at++;
            }
            else
            {
                codePoint = Decode(text[at..], out var units);
                at += units;
            }

            Count(codePoint);
        }

        return at;
    }

    private void Count(int codePoint)
    {
        var kind = CharacterClasses.Of(codePoint);
        _length++;
        _alphanumeric += (int)(kind & CharacterClass.Alphanumeric);
        var special = (kind & CharacterClass.Special) != CharacterClass.None;
        _special += special ? 1 : 0;
        if ((kind & CharacterClass.Separator) != CharacterClass.None)
        {
            _inWord = false;
        }
        else if (!special && !_inWord)
        {
            _inWord = true;
            _words++;
        }

        if ((kind & CharacterClass.LineEnd) != CharacterClass.None)
        {
            EndLine(codePoint);
        }
        else
        {
            _line++;
        }
    }

    // The text was found valid before.
    private static int Decode(ReadOnlySpan<byte> text, out int units)
    {
        var first = text[0];
        if (first < 0xe0)
        {
            units = 2;
            return ((first & 0x1f) << 6) | (text[1] & 0x3f);
        }

        if (first < 0xf0)
        {
            units = 3;
            return ((first & 0x0f) << 12) | ((text[1] & 0x3f) << 6) | (text[2] & 0x3f);
        }

        units = 4;
        return ((first & 0x07) << 18) | ((text[1] & 0x3f) << 12) | ((text[2] & 0x3f) << 6) | (text[3] & 0x3f);
    }

    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);

    private static Vector256<byte> Between(Vector256<byte> bytes, char first, char last) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)first), Vector256.Create((byte)(last - first)));

    private static Vector256<byte> Letters(Vector256<byte> bytes) => Between(bytes | Vector256.Create((byte)0x20), 'a', 'z');

    // The ASCII characters that are neither special nor letters.
    private static Vector256<byte> Controls(Vector256<byte> bytes) =>
        (Vector256.LessThan(bytes, Vector256.Create((byte)' ')) & ~Between(bytes, '\t', '\r'))
        | Vector256.Equals(bytes, Vector256.Create((byte)0x7f));

    private static Vector256<byte> Separators(Vector256<byte> bytes) =>
        Between(bytes, '\t', '\n') | Vector256.Equals(bytes, Vector256.Create((byte)' '));

    private static Vector256<byte> LineEnds(Vector256<byte> bytes) => Between(bytes, '\n', '\r') | Between(bytes, '\u001c', '\u001e');
}
