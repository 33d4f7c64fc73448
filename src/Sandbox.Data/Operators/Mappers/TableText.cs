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
        if (!MayHoldTable(text, options))
        {
            return text;
        }

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

            start = AfterLineFeed(text, lines >= LeastLines ? end : start);
        }

        return result?.Append(text, kept, text.Length - kept).ToString() ?? text;
    }

    // Two neighbouring lines that can be parted into the same number of cells.
    private static bool MayHoldTable(string text, TableTextOptions options)
    {
        var (before, isFirst) = ((Least: 0, Most: -1), true);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (line.IsEmpty && !isFirst)
            {
                continue;
            }

            var cells = isFirst ? (Least: 0, Most: -1) : Cells(line);
            if (Math.Max(Math.Max(before.Least, cells.Least), options.MinCol) <= Math.Min(Math.Min(before.Most, cells.Most), options.MaxCol))
            {
                return true;
            }

            (before, isFirst) = (cells, false);
        }

        return false;
    }

    private static int AfterLineFeed(string text, int from) => text.IndexOf('\n', from) is >= 0 and var at ? at + 1 : -1;

    // Behind the line feeds of a row of so many cells, or -1.
    private static int RowEnd(string text, int start, int columns)
    {
        var length = text.AsSpan(start).IndexOf('\n');
        var (least, most) = length <= 0 ? (0, -1) : Cells(text.AsSpan(start, length));
        if (columns < least || columns > most)
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

    // How many cells a line can be parted into; blanks and tabs part in any case, bars may.
    private static (int Least, int Most) Cells(ReadOnlySpan<char> line)
    {
        var (least, most, inCell) = (1, 1, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t')
            {
                if (!inCell)
                {
                    return (0, -1);
                }

                (least, most, inCell) = (least + 1, most + 1, false);
            }
            else if (PythonText.IsBlank(line[i]))
            {
                return (0, -1);
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

        return inCell ? (least, most) : (0, -1);
    }
}
