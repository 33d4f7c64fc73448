using System.Globalization;

namespace Sandbox.Core.Context;

/// <summary>Floating-point numbers as Python writes them.</summary>
internal static class PythonFloat
{
    /// <summary>
    /// Python's <c>repr</c>: the shortest digits that read back as the same number, an exponent of at least two digits
    /// below 1e-4 and from 1e16 on, always with a point or an exponent. NaN and infinities are <c>NaN</c>,
    /// <c>Infinity</c> and <c>-Infinity</c>, as its <c>json</c> module writes them.
    /// </summary>
    public static string Repr(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var (digits, point) = Shortest(Math.Abs(value));
        return (value < 0 ? "-" : string.Empty) + (point is > -4 and <= 16 ? Plain(digits, point) : Scientific(digits, point));
    }

    // The digits without leading and trailing zeros, and where the point stands: 0.digits × 10^point.
    private static (string Digits, int Point) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var dot = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), (dot < 0 ? digits.Length : dot) - leading + exponent);
    }

    private static string Plain(string digits, int point) =>
        point <= 0 ? "0." + new string('0', -point) + digits
        : point >= digits.Length ? digits + new string('0', point - digits.Length) + ".0"
        : digits[..point] + "." + digits[point..];

    private static string Scientific(string digits, int point)
    {
        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
