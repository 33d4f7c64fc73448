using System.Globalization;
using System.Text;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>The fields of a line, parted by blanks or tabs.</summary>
internal static class ArpaFields
{
    private const int LongestShown = 80;

    /// <summary>Takes the next field; empty at the end.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return field;
    }

    /// <summary>Reads a logarithm. "-inf" is what some tools write for that of nothing.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out double number)
    {
        var found = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        if (double.IsNegativeInfinity(number) || field.SequenceEqual("-inf"u8))
        {
            number = ArpaWriter.Zero;
            return true;
        }

        return found && double.IsFinite(number);
    }

    /// <summary>A line as messages show it.</summary>
    public static string Show(ReadOnlySpan<byte> line) => line.Length > LongestShown
        ? $"\"{Encoding.UTF8.GetString(line[..LongestShown])}…\""
        : $"\"{Encoding.UTF8.GetString(line)}\"";
}
