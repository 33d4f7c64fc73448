namespace Sandbox.Data.Rows;

/// <summary>Writes numbers to at most 10 decimals with whole-number arithmetic: with 15 digits in all the shortest text
/// that reads back as the number is the number itself, so that nothing has to be searched.</summary>
internal static class FixedDecimals
{
    /// <summary>Bytes that a number takes at most.</summary>
    public const int Longest = 24;

    private const int Decimals = 10;
    private const int HalfDecimals = 5;
    private const ulong HalfScale = 100_000;
    private const ulong Scale = HalfScale * HalfScale;
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

        var at = 0;
        var scaled = (ulong)Math.Round(size * Scale);
        var whole = (uint)(scaled / Scale);
        var fraction = scaled - (whole * Scale);
        if (double.IsNegative(value))
        {
            target[at++] = (byte)'-';
        }

        at += WriteWhole(whole, target[at..]);
        target[at++] = (byte)'.';
        WriteDigits((uint)(fraction / HalfScale), target.Slice(at, HalfDecimals));
        WriteDigits((uint)(fraction % HalfScale), target.Slice(at + HalfDecimals, HalfDecimals));
        var end = at + Decimals;
        while (end > at + 1 && target[end - 1] == '0')
        {
            end--;
        }

        return end;
    }

    private static int WriteWhole(uint value, Span<byte> target)
    {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10)
        {
            digits++;
        }

        WriteDigits(value, target[..digits]);
        return digits;
    }

    private static void WriteDigits(uint value, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            var rest = value / 10;
            target[i] = (byte)('0' + value - (rest * 10));
            value = rest;
        }
    }
}
