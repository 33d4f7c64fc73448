using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Display;

/// <summary>A table in plain columns. On a terminal it fits the width: the widest columns are cut first; elsewhere
/// nothing is cut, so that a pipe sees every id whole.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";
    private const int NarrowestColumn = 4;
    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Row(params Cell[] cells) => _rows.Add([.. cells, .. Enumerable.Repeat(new Cell(string.Empty), headings.Length - cells.Length)]);

    /// <summary>Writes the table.</summary>
    public void Write(CliConsole console)
    {
        var widths = Widths(console.Width);
        WriteLine(console, [.. headings.Select(h => new Cell(h, Colours.Grey))], widths);
        foreach (var row in _rows)
        {
            WriteLine(console, row, widths);
        }
    }

    private static void WriteLine(CliConsole console, Cell[] cells, int[] widths)
    {
        var last = cells.Length - 1;
        var texts = cells.Select((cell, i) => Colours.Paint(
            i == last ? Cut(cell.Text, widths[i]) : TextWidth.Pad(Cut(cell.Text, widths[i]), widths[i]), cell.Colour, console.HasColours));
        console.Output.WriteLine(string.Join(Gap, texts).TrimEnd());
    }

    private int[] Widths(int available)
    {
        var widths = headings.Select((h, i) => Math.Max(TextWidth.Of(h), _rows.Select(r => TextWidth.Of(r[i].Text)).DefaultIfEmpty().Max())).ToArray();
        var room = available - (Gap.Length * (widths.Length - 1));
        while (widths.Sum(w => (long)w) > room)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= NarrowestColumn)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private static string Cut(string text, int width) => TextWidth.Of(text) <= width ? text : TextWidth.Cut(text, width - 1) + "…";
}

/// <summary>A cell, with a colour or none.</summary>
internal readonly record struct Cell(string Text, string? Colour = null)
{
    public static implicit operator Cell(string? text) => new(text?.ReplaceLineEndings(" ") ?? string.Empty);
}
