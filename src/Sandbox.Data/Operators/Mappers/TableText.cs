using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>
/// Removes tables from plain text: behind a line feed, two lines or more of the same number of cells, each line ended by
/// line feeds. Cells hold no blank and are parted by one blank, tab or vertical bar, which may also stand within a cell.
/// A scanner instead of upstream's pattern, which tries every way to part a line.
/// </summary>
internal static class TableText
{
    private const int LeastLines = 2;

    public static Func<string, string> Remover(TableTextOptions options) => text =>
    {
        for (var columns = options.MinCol; columns <= options.MaxCol; columns++)
        {
            text = Remove(text, columns);
        }

        return text;
    };

    private static string Remove(string text, int columns)
    {
        var (result, kept) = ((StringBuilder?)null, 0);
        for (var start = AfterLineFeed(text, 0); start >= 0;)
        {
            var (end, lines) = (start, 0);
            for (var next = RowEnd(text, end, columns); next >= 0; next = RowEnd(text, end, columns))
            {
                (end, lines) = (next, lines + 1);
            }

            if (lines >= LeastLines)
            {
                (result ??= new StringBuilder(text.Length)).Append(text, kept, start - kept);
                kept = end;
            }

            start = lines >= LeastLines && end < text.Length ? AfterLineFeed(text, end) : AfterLineFeed(text, start);
        }

        return result?.Append(text, kept, text.Length - kept).ToString() ?? text;
    }

    private static int AfterLineFeed(string text, int from) => text.IndexOf('\n', from) is >= 0 and var at ? at + 1 : -1;

    // Behind the line feeds of a row of so many cells, or -1.
    private static int RowEnd(string text, int start, int columns)
    {
        var length = text.AsSpan(start).IndexOf('\n');
        if (length <= 0 || !Fits(text.AsSpan(start, length), columns))
        {
            return -1;
        }

        var end = start + length;
        while (end < text.Length && text[end] == '\n')
        {
            end++;
        }

        return end;
    }

    // Blanks and tabs part cells in any case, bars may.
    private static bool Fits(ReadOnlySpan<char> line, int columns)
    {
        var (least, most, inCell) = (1, 1, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t')
            {
                if (!inCell)
                {
                    return false;
                }

                (least, most, inCell) = (least + 1, most + 1, false);
            }
            else if (PythonText.IsBlank(line[i]))
            {
                return false;
            }
            else if (line[i] == '|' && inCell && i + 1 < line.Length && line[i + 1] is not (' ' or '\t'))
            {
                (most, inCell) = (most + 1, false);
            }
            else
            {
                inCell = true;
            }
        }

        return inCell && columns >= least && columns <= most;
    }
}
