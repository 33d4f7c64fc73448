using System.Globalization;

namespace Sandbox.Data.Rows;

/// <summary>Writes numbers to at most 10 decimals with whole-number arithmetic: with 15 digits in all the shortest text
/// that reads back as the number is the number itself, so that nothing has to be searched.</summary>
internal static class FixedDecimals
{
    /// <summary>Bytes that a number takes at most.</summary>
    public const int Longest = 24;

    private const int Decimals = 10;
    private const long Scale = 10_000_000_000;
    private const double Largest = 1e5;
    private const double Smallest = 1e-4;

    /// <summary>Writes the number, with a fraction at all times; gives 0 where it is too large or too small for this.</summary>
    public static int TryWrite(double value, Span<byte> target)
    {
        var size = Math.Abs(value);
        if (!(size < Largest) || (size < Smallest && size != 0))
        {
            return 0;
        }

        var scaled = (long)Math.Round(size * Scale);
        var (whole, fraction) = Math.DivRem(scaled, Scale);
        var at = 0;
        if (double.IsNegative(value))
        {
            target[at++] = (byte)'-';
        }

        whole.TryFormat(target[at..], out var digits, provider: CultureInfo.InvariantCulture);
        at += digits;
        target[at++] = (byte)'.';
        fraction.TryFormat(target[at..], out _, "D10", CultureInfo.InvariantCulture);
        var end = at + Decimals;
        while (end > at + 1 && target[end - 1] == '0')
        {
            end--;
        }

        return end;
    }
}
