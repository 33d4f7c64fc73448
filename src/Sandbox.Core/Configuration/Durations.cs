using System.Globalization;

namespace Sandbox.Core.Configuration;

/// <summary>Durations as a config writes them: <c>10s</c>, <c>12h</c>, <c>1h30m</c>, <c>250ms</c>, <c>2d</c>.</summary>
public static class Durations
{
    /// <summary>Longest duration.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static readonly (string Name, double Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a duration.</summary>
    /// <returns>What is wrong and how to mend it, or null.</returns>
    public static string? Parse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var milliseconds = 0.0;
        var rest = text.AsSpan().Trim();
        if (rest.Length == 0)
        {
            return Problem(text);
        }

        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var unitEnd = digits <= 0 ? 0 : rest[digits..].IndexOfAnyExceptInRange('a', 'z');
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return Problem(text);
            }

            var end = unitEnd < 0 ? rest.Length : digits + unitEnd;
            var name = rest[digits..end].ToString();
            if (Array.Find(Units, u => u.Name == name) is not { Name: not null } unit)
            {
                return Problem(text);
            }

            milliseconds += number * unit.Milliseconds;
            rest = rest[end..].TrimStart();
        }

        if (milliseconds > Longest.TotalMilliseconds)
        {
            return $"\"{text}\" is longer than {Longest.TotalDays} days.";
        }

        duration = TimeSpan.FromMilliseconds(milliseconds);
        return null;
    }

    private static string Problem(string text)
    {
        var bare = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? $" \"{text}s\"?" : string.Empty;
        return $"\"{text}\" is no duration: write a number and a unit (ms, s, m, h, d), as in 10s or 1h30m.{(bare.Length > 0 ? " Did you mean" + bare : string.Empty)}";
    }
}
