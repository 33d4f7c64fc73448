using System.Globalization;
using System.Text;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>The head of an ARPA file: how many n-grams of each order follow.</summary>
internal static class ArpaHead
{
    private const int MaximumOrder = 64;

    /// <summary>Reads up to the line <c>\1-grams:</c>.</summary>
    public static IReadOnlyList<long> Read(ArpaLines lines)
    {
        while (!lines.NextFilled("\\data\\: is this an ARPA file?").SequenceEqual("\\data\\"u8))
        {
            // Some tools write a comment first.
        }

        var counts = new List<long>();
        ReadOnlySpan<byte> line;
        while (!(line = lines.NextFilled("\\1-grams:")).SequenceEqual("\\1-grams:"u8))
        {
            counts.Add(Count(lines, line, counts.Count + 1));
        }

        return counts.Count > 0 ? counts : throw lines.Fault("the head has no counts (\"ngram 1=…\").");
    }

    private static long Count(ArpaLines lines, ReadOnlySpan<byte> line, int next)
    {
        var text = Encoding.UTF8.GetString(line);
        var parts = text.StartsWith("ngram", StringComparison.Ordinal) ? text[5..].Split('=') : [];
        if (parts.Length != 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var order)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var count))
        {
            throw lines.Fault($"\"ngram {next}=…\" or \\1-grams: expected, not {ArpaFields.Show(line)}.");
        }

        return order == next && count is >= 0 and <= int.MaxValue && order <= MaximumOrder
            ? count
            : throw lines.Fault(
                $"the counts must be of the orders 1, 2 … {MaximumOrder} and within 0 and {int.MaxValue}, not {ArpaFields.Show(line)}.");
    }
}
