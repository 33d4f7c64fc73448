using System.Globalization;

namespace Sandbox.Workflows.Reports;

/// <summary>Figures for people.</summary>
internal static class Figures
{
    /// <summary>A number with about four significant digits, whole numbers whole, thousands parted by commas.</summary>
    public static string Show(double? value)
    {
        if (value is not { } number)
        {
            return "–";
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
        }

        var size = Math.Abs(number);
        var text = size switch
        {
            0 => "0",
            >= 1e9 or < 1e-4 => number.ToString("0.###e0", CultureInfo.InvariantCulture),
            _ when number == Math.Floor(number) => number.ToString("#,0", CultureInfo.InvariantCulture),
            >= 1000 => number.ToString("#,0.#", CultureInfo.InvariantCulture),
            _ => number.ToString("0." + new string('#', 3 - (int)Math.Floor(Math.Log10(size))), CultureInfo.InvariantCulture),
        };
        return text.Replace('-', '−');
    }

    /// <summary>The numbers of one column, with the same decimals all of them.</summary>
    public static IReadOnlyList<string> Column(IReadOnlyList<double?> values)
    {
        var finite = values.OfType<double>().Where(v => double.IsFinite(v) && v != 0).Select(Math.Abs).ToList();
        var isMixed = finite.Exists(v => v != Math.Floor(v)) && finite.TrueForAll(v => v is >= 1e-4 and < 1e9);
        if (!isMixed)
        {
            return [.. values.Select(Show)];
        }

        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(finite.Max())), 1, 7);
        var format = "#,0." + new string('0', decimals);
        return [.. values.Select(v => v is { } number && double.IsFinite(number)
            ? number.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')
            : Show(v))];
    }

    /// <summary>Counts.</summary>
    public static string Show(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Labels of an axis: all with the same decimals, as many as its step needs.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<double> ticks)
    {
        var step = ticks.Count > 1 ? Math.Abs(ticks[1] - ticks[0]) : Math.Abs(ticks[0]);
        var largest = ticks.Max(Math.Abs);
        if (largest is >= 1e7 or (> 0 and < 1e-3))
        {
            return [.. ticks.Select(t => Math.Abs(t) < step / 1e6 ? "0" : t.ToString("0.##e0", CultureInfo.InvariantCulture).Replace('-', '−'))];
        }

        var decimals = step > 0 ? Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9)) : 0;
        decimals += step > 0 && Math.Abs(Math.Round(step, decimals) - step) > step / 1e6 ? 1 : 0;
        var format = "#,0" + (decimals > 0 ? "." + new string('0', decimals) : string.Empty);
        return [.. ticks.Select(t => (Math.Abs(t) < step / 1e6 ? 0 : t).ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'))];
    }

    /// <summary>How long something took.</summary>
    public static string Show(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0 } => "–",
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h"),
    };

    /// <summary>A moment, in UTC.</summary>
    public static string Show(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "–";
}
