using System.Runtime.InteropServices;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>What modified Kneser–Ney takes off a count of 1, of 2, and of 3 or more.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Discounts(double One, double Two, double ThreeOrMore)
{
    /// <summary>The discount of a count.</summary>
    public double Of(uint count) => count switch
    {
        0 => 0,
        1 => One,
        2 => Two,
        _ => ThreeOrMore,
    };

    /// <summary>The probability mass times the total count that contexts with these classes of counts give away.</summary>
    public double Mass(long ones, long twos, long more) => (One * ones) + (Two * twos) + (ThreeOrMore * more);

    /// <summary>The discounts of one order: Chen and Goodman 1998, equation 26. Where they cannot be had, the problem is
    /// said and the fallback taken for the whole order, as KenLM's <c>--discount_fallback</c> does.</summary>
    public static (Discounts Value, string? Problem) Estimate(CountStatistics statistics, int length, Discounts fallback)
    {
        for (var count = 1; count <= 3; count++)
        {
            if (statistics.WithCount(length, count) == 0)
            {
                return (fallback, $"no {length}-gram has the adjusted count {count}");
            }
        }

        var found = new Discounts(At(statistics, length, 1), At(statistics, length, 2), At(statistics, length, 3));
        return found.InRange()
            ? (found, null)
            : (fallback, FormattableString.Invariant(
                $"the discounts of {length}-grams ({found.One:0.###}, {found.Two:0.###}, {found.ThreeOrMore:0.###}) are out of range"));
    }

    private static double At(CountStatistics statistics, int length, int count)
    {
        double ones = statistics.WithCount(length, 1);
        var y = ones / (ones + (2.0 * statistics.WithCount(length, 2)));
        return count - ((count + 1) * y * statistics.WithCount(length, count + 1) / statistics.WithCount(length, count));
    }

    private bool InRange() => One is >= 0 and <= 1 && Two is >= 0 and <= 2 && ThreeOrMore is >= 0 and <= 3;
}
