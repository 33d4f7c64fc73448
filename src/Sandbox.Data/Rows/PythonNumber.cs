using System.Globalization;

namespace Sandbox.Data.Rows;

/// <summary>Numbers as Python writes and reads them.</summary>
internal static class PythonNumber
{
    /// <summary>The shortest text that reads back as the number: <c>1.0</c>, <c>1e-05</c>, <c>1e+16</c>, <c>nan</c>.</summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var shortest = value.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = int.Parse(shortest.AsSpan(shortest.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var scientific = value != 0 && exponent is < -4 or >= 16;
        var at = text.IndexOf('E', StringComparison.Ordinal);
        if (scientific)
        {
            return at >= 0 ? Signed(text, at) : Scientific(value);
        }

        if (at >= 0)
        {
            text = ((decimal)value).ToString(CultureInfo.InvariantCulture);
        }

        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Signed(string text, int at)
    {
        var power = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, at)}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
    }

    private static string Scientific(double value)
    {
        for (var digits = 0; digits < 17; digits++)
        {
            var text = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return Signed(text, text.IndexOf('E', StringComparison.Ordinal));
            }
        }

        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads text as Python's <c>float()</c> does: blanks around it, an exponent, underscores between digits,
    /// <c>inf</c>, <c>infinity</c> and <c>nan</c> in any case.</summary>
    public static bool TryParse(string text, out double value)
    {
        var trimmed = Text.PythonText.Strip(text).ToString();
        var unsigned = trimmed.TrimStart('+', '-');
        if (trimmed.Length - unsigned.Length <= 1 && unsigned.ToLowerInvariant() is "inf" or "infinity" or "nan")
        {
            var negative = trimmed[0] == '-';
            value = unsigned[0] is 'n' or 'N' ? double.NaN : negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        value = 0;
        if (!UnderscoresStandBetweenDigits(trimmed))
        {
            return false;
        }

        return double.TryParse(
            trimmed.Replace("_", string.Empty, StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out value);
    }

    private static bool UnderscoresStandBetweenDigits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i + 1 == text.Length || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
