using System.Globalization;

namespace Sandbox.Core.Logs.Formats;

/// <summary>Numbers as trainers print them.</summary>
internal static class LogNumber
{
    /// <summary>Pattern of a number, NaN and infinities among them.</summary>
    public const string Pattern = @"[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[nN]a[nN](?:\.0)?|[iI]nf(?:inity)?(?:\.0)?)";

    /// <summary>Reads a number, also NaN and infinities; Lightning writes those with a <c>.0</c>.</summary>
    public static bool TryParse(string text, out double value)
    {
        value = double.NaN;
        var word = text.Trim().ToLowerInvariant();
        word = word.EndsWith("n.0", StringComparison.Ordinal) || word.EndsWith("f.0", StringComparison.Ordinal) ? word[..^2] : word;
        switch (word)
        {
            case "nan" or "+nan" or "-nan":
                return true;
            case "inf" or "+inf" or "infinity" or "+infinity":
                value = double.PositiveInfinity;
                return true;
            case "-inf" or "-infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
                return double.TryParse(word, Style, CultureInfo.InvariantCulture, out value);
        }
    }

    /// <summary>Reads a number, or gives null.</summary>
    public static double? Parse(string text) => TryParse(text, out var value) ? value : null;
}
