using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Components.Python;

/// <summary>Python's <c>str</c>, <c>repr</c> and <c>float</c> for the values that JSON can say.</summary>
internal static class PythonText
{
    /// <summary>What Python's <c>str(value)</c> gives for the value that <c>json.loads</c> makes of the node.</summary>
    public static string Str(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : Repr(node);

    /// <summary>What Python's <c>repr(value)</c> gives.</summary>
    public static string Repr(JsonNode? node) => node switch
    {
        null => "None",
        JsonArray list => $"[{string.Join(", ", list.Select(Repr))}]",
        JsonObject map => $"{{{string.Join(", ", map.Select(p => $"{Repr(p.Key)}: {Repr(p.Value)}"))}}}",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.String => Repr(node.GetValue<string>()),
            _ => ReprNumber(node.ToJsonString()),
        },
    };

    /// <summary>A float: the shortest digits that read back the same; exponents below -4 and from 16 on.</summary>
    public static string Repr(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        var (sign, digits, exponent) = Parts(number.ToString("R", CultureInfo.InvariantCulture));
        return sign + (exponent is < -4 or >= 16 ? Scientific(digits, exponent) : Fixed(digits, exponent));
    }

    /// <summary>A string in Python's quotes.</summary>
    public static string Repr(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.Value switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                var c when c == quote => $"\\{quote}",
                _ when IsPrintable(rune) => rune.ToString(),
                < 0x100 => $"\\x{rune.Value:x2}",
                < 0x10000 => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        }

        return result.Append(quote).ToString();
    }

    private static string ReprNumber(string json) =>
        json.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? BigInteger.Parse(json, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : Repr(double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture));

    // Sign, significant digits without padding, and the power of ten of the first one.
    private static (string Sign, string Digits, int Exponent) Parts(string shortest)
    {
        var parts = shortest.TrimStart('-').Split('E');
        var written = parts.Length == 2 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var all = parts[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        var sign = shortest.StartsWith('-') ? "-" : string.Empty;
        return digits.Length == 0 ? (sign, "0", 0) : (sign, digits, written + (point < 0 ? all.Length : point) - 1 - leading);
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string Fixed(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var padded = digits.PadRight(exponent + 1, '0');
        return padded.Length == exponent + 1 ? padded + ".0" : $"{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
