using System.Runtime.InteropServices;

namespace Sandbox.Data.Text;

/// <summary>What one pass over a text counts.</summary>
/// <param name="Length">Code points.</param>
/// <param name="Alphanumeric">Letters and numeric characters.</param>
/// <param name="Special">Data-Juicer's special characters.</param>
/// <param name="Lines">Lines; the end of the last one opens no other.</param>
/// <param name="LongestLine">Code points of the longest line, without its end.</param>
/// <param name="RefinedWords">Words, parted by blank, line feed and tab, that hold more than special characters.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextFigures(int Length, int Alphanumeric, int Special, int Lines, int LongestLine, int RefinedWords)
{
    /// <summary>Counts a text of valid UTF-8.</summary>
    public static TextFigures Of(ReadOnlySpan<byte> utf8)
    {
        var scan = new TextScan();
        scan.Run(utf8);
        return scan.End();
    }
}
