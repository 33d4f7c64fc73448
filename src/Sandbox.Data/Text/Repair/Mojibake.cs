using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Sandbox.Data.Text.Repair;

/// <summary>Finds text that was decoded wrongly and decodes it again: what UTF-8 looks like in a single-byte encoding, as a
/// whole or in places. Follows ftfy 6.3; a text without the signs of it stays as it is.</summary>
internal static partial class Mojibake
{
    private const string Replacement = "\u00ef\u00bf\u00bd";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, decoded as it was meant.</summary>
    public static string Fix(string text)
    {
        for (var next = Step(text); ; next = Step(text))
        {
            if (string.Equals(next, text, StringComparison.Ordinal))
            {
                return text;
            }

            text = next;
        }
    }

    /// <summary>Replaces C1 controls by the characters of Windows-1252, as browsers do.</summary>
    public static string WithoutControls(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0080', '\u009f'))
        {
            return text;
        }

        var windows = RepairTables.Shared.Find("sloppy-windows-1252");
        return string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] is >= '\u0080' and <= '\u009f' ? windows[(byte)source[i]] : source[i];
            }
        });
    }

    private static bool IsBad(string text) => MayBeBad(text) && RepairTables.Shared.Signs.IsMatch(text);

    // Every sign has two characters beyond ASCII side by side, or one of a few that are signs by themselves.
    private static bool MayBeBad(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyExceptInRange('\0', '\u007f'); at >= 0;)
        {
            if (text[at] is <= '\u009f' or 'Ã' or 'Â' or 'Œ' or 'œ' || (at + 1 < text.Length && text[at + 1] > '\u007f'))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOfAnyExceptInRange('\0', '\u007f');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static string Step(string text)
    {
        if (!IsBad(text))
        {
            return text;
        }

        foreach (var encoding in RepairTables.Shared.Candidates)
        {
            if (encoding.TryEncode(text, out var bytes) && Decode(bytes, encoding) is { } decoded)
            {
                return decoded;
            }
        }

        var inPlaces = RepairTables.Shared.Sequences.Replace(text, match =>
            match.Length < text.Length && IsBad(match.Value) ? Fix(match.Value) : match.Value);
        return string.Equals(inPlaces, text, StringComparison.Ordinal) ? FromLatin(text) : inPlaces;
    }

    private static string FromLatin(string text)
    {
        if (RepairTables.Shared.Find("latin-1").TryEncode(text, out var bytes)
            && RepairTables.Shared.Find("windows-1252").TryDecode(bytes) is { } windows
            && !string.Equals(windows, text, StringComparison.Ordinal))
        {
            return windows;
        }

        return WithoutControls(text);
    }

    private static string? Decode(byte[] bytes, SingleByteEncoding encoding)
    {
        // Patterns work on bytes as the characters of the same number.
        var latin = Encoding.Latin1.GetString(bytes);
        if (encoding.Name != "macroman" && BlankInSequence().IsMatch(latin))
        {
            latin = BlankInSequence().Replace(AGrave().Replace(latin, "\u00c3\u00a0 "), m => m.Value.Replace(' ', '\u00a0'));
        }

        if (encoding.IsSloppy)
        {
            latin = LostByte().Replace(latin, Replacement);
        }

        if (latin.AsSpan().ContainsAny('\u00ed', '\u00c0'))
        {
            latin = SurrogatePair().Replace(latin, Joined).Replace("\u00c0\u0080", "\0", StringComparison.Ordinal);
        }

        bytes = Encoding.Latin1.GetBytes(latin);
        return Utf8.IsValid(bytes) ? Strict.GetString(bytes) : null;
    }

    // CESU-8: each half of a surrogate pair was encoded by itself.
    private static string Joined(Match match)
    {
        var bytes = match.Value;
        var codePoint = 0x10000 + ((bytes[1] & 0x0f) << 16) + ((bytes[2] & 0x3f) << 10) + ((bytes[4] & 0x0f) << 6) + (bytes[5] & 0x3f);
        return Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint)));
    }

    // A sequence whose byte A0 became a blank.
    [GeneratedRegex("[\u00c2\u00c3\u00c5\u00ce\u00d0\u00d9] |[\u00e2\u00e3] [\u0080-\u0084\u0086-\u009f\u00a1-\u00bf]|[\u00e0-\u00e3][\u0080-\u0084\u0086-\u009f\u00a1-\u00bf] |\u00f0 [\u0080-\u00bf][\u0080-\u00bf]|\u00f0[\u0080-\u00bf] [\u0080-\u00bf]|\u00f0[\u0080-\u00bf][\u0080-\u00bf] ", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex BlankInSequence();

    // "à" as a word of its own, but for the Portuguese words that begin with it.
    [GeneratedRegex("\u00c3 (?! |quele|quela|quilo|s )", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex AGrave();

    // A sequence of which a byte was lost: 1A, or a question mark.
    [GeneratedRegex("[\u00c2-\u00df]\u001a|[\u00c2-\u00c3]\\?|\u00ed[\u00a0-\u00af][\u001a?]\u00ed[\u00b0-\u00bf][\u001a?\u0080-\u00bf]|\u00ed[\u00a0-\u00af][\u001a?\u0080-\u00bf]\u00ed[\u00b0-\u00bf][\u001a?]|[\u00e0-\u00ef][\u001a?][\u001a\u0080-\u00bf]|[\u00e0-\u00ef][\u001a\u0080-\u00bf][\u001a?]|[\u00f0-\u00f4][\u001a?][\u001a\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u001a\u0080-\u00bf][\u001a?][\u001a\u0080-\u00bf]|[\u00f0-\u00f4][\u001a\u0080-\u00bf]{2}[\u001a?]|\u001a", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex LostByte();

    [GeneratedRegex("\u00ed[\u00a0-\u00af][\u0080-\u00bf]\u00ed[\u00b0-\u00bf][\u0080-\u00bf]", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex SurrogatePair();
}
