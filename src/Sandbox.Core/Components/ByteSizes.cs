using System.Globalization;

namespace Sandbox.Core.Components;

/// <summary>Amounts of memory as a config writes them: <c>16GB</c> (powers of ten), <c>512MiB</c> (powers of two).</summary>
public static class ByteSizes
{
    private static readonly (string Name, double Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1),
    ];

    /// <summary>Reads an amount.</summary>
    /// <returns>What is wrong and how to mend it, or null.</returns>
    public static string? Parse(string text, out long bytes)
    {
        bytes = 0;
        var trimmed = text.Trim();
        var unit = Array.Find(Units, u => trimmed.EndsWith(u.Name, StringComparison.Ordinal));
        if (unit.Name is null
            || !double.TryParse(trimmed[..^unit.Name.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number <= 0 || number * unit.Bytes > 1e18)
        {
            return $"\"{text}\" is no amount of memory: write a number and a unit, as in 16GB or 512MiB.";
        }

        bytes = (long)(number * unit.Bytes);
        return null;
    }
}
