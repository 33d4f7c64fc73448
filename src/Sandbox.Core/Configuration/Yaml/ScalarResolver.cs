using System.Globalization;
using System.Numerics;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>
/// What a plain scalar means: YAML 1.1 as PyYAML reads it, with jsonargparse's floats (<c>1e-5</c> needs no point), and
/// without base 60 and dates, which nobody means when writing <c>16:9</c> or <c>2024-01-01</c>.
/// </summary>
internal static class ScalarResolver
{
    // Beyond this a number is text: nobody counts so far, and parsing it takes quadratic time.
    private const int MaxDigits = 400;

    public static ConfigScalar Plain(SourceLocation location, string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new(location, text, ScalarKind.Null, null),
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" =>
            new(location, text, ScalarKind.Boolean, true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" =>
            new(location, text, ScalarKind.Boolean, false),
        _ when text.Length <= MaxDigits && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') => Numeric(location, text),
        _ => ConfigScalar.OfText(location, text),
    };

    private static ConfigScalar Numeric(SourceLocation location, string text)
    {
        if (Whole(text) is { } whole)
        {
            return new(location, text, ScalarKind.Integer, whole);
        }

        return Floating(text) is { } number
            ? new(location, text, ScalarKind.Number, number)
            : ConfigScalar.OfText(location, text);
    }

    // 0 is zero, 017 octal, 0x1F and 0b11 what they say; any digit but the first may be parted by "_".
    private static BigInteger? Whole(string text)
    {
        var digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        var (radix, allowed) = digits switch
        {
            ['0', 'x', ..] => (16, "0123456789abcdefABCDEF_"),
            ['0', 'b', ..] => (2, "01_"),
            ['0', _, ..] => (8, "01234567_"),
            _ => (10, "0123456789_"),
        };
        digits = radix is 16 or 2 ? digits[2..] : digits;
        if (digits.Trim('_').Length == 0 || digits.IndexOfAnyExcept(allowed) >= 0 || (radix == 10 && digits[0] == '_'))
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = digit == '_' ? value : (value * radix) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return text[0] == '-' ? -value : value;
    }

    private static double? Floating(string text) => text switch
    {
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ when IsFloat(text) => double.Parse(
            text.Replace("_", string.Empty, StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };

    // [-+]digits[.digits][e[-+]digits], with a digit before or behind the point and "_" among the digits.
    private static bool IsFloat(string text)
    {
        var rest = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        var exponent = rest.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            var power = rest[(exponent + 1)..];
            power = power.Length > 0 && power[0] is '+' or '-' ? power[1..] : power;
            if (power.Length == 0 || power.IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return false;
            }

            rest = rest[..exponent];
        }

        var point = rest.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? [] : rest[(point + 1)..];
        return (point >= 0 || exponent >= 0)
            && StartsWithDigit(whole.Length > 0 ? whole : fraction)
            && whole.IndexOfAnyExcept("0123456789_") < 0
            && fraction.IndexOfAnyExcept("0123456789_") < 0;
    }

    private static bool StartsWithDigit(ReadOnlySpan<char> text) => text.Length > 0 && char.IsAsciiDigit(text[0]);
}
