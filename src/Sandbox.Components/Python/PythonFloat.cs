using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Components.Python;

/// <summary>How Python's <c>float(value)</c> ends.</summary>
internal enum PythonFloatOutcome
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A <c>ValueError</c>: text that is no number.</summary>
    NotANumber,

    /// <summary>A <c>TypeError</c>: null, a list or a mapping.</summary>
    WrongType,
}

/// <summary>Python's <c>float</c>.</summary>
internal static class PythonFloat
{
    /// <summary>Gives the number and how it ended.</summary>
    public static (PythonFloatOutcome Outcome, double Value) Parse(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => (PythonFloatOutcome.Number, 1),
        JsonValueKind.False => (PythonFloatOutcome.Number, 0),
        JsonValueKind.Number => (PythonFloatOutcome.Number, double.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)),
        JsonValueKind.String => ParseText(node.GetValue<string>()) is { } number
            ? (PythonFloatOutcome.Number, number)
            : (PythonFloatOutcome.NotANumber, double.NaN),
        _ => (PythonFloatOutcome.WrongType, double.NaN),
    };

    /// <summary>Text: white space around it, any script's decimal digits, single underscores between digits, and
    /// <c>inf</c>, <c>infinity</c>, <c>nan</c> in any case.</summary>
    public static double? ParseText(string text)
    {
        var trimmed = Ascii(Strip(text));
        var unsigned = trimmed.StartsWith('-') || trimmed.StartsWith('+') ? trimmed[1..] : trimmed;
        var magnitude = unsigned.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => ParseDigits(unsigned),
        };
        return trimmed.StartsWith('-') ? -magnitude : magnitude;
    }

    // Python's blanks are those of .NET and the four separators U+001C–001F.
    private static string Strip(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    private static double? ParseDigits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var misplaced = text[i] == '_'
                && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1]));
            if (misplaced || !(char.IsAsciiDigit(text[i]) || text[i] is '_' or '.' or 'e' or 'E' or '+' or '-'))
            {
                return null;
            }
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        return double.TryParse(plain, Style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Ascii(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                result.Append((int)Rune.GetNumericValue(rune));
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }
}
