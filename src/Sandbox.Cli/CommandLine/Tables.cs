using Spectre.Console;

namespace Sandbox.Cli.CommandLine;

/// <summary>Tables on the console.</summary>
internal static class Tables
{
    /// <summary>A table with the headings given.</summary>
    public static Table Of(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).NoWrap());
        }

        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Row(this Table table, params string?[] cells) =>
        table.AddRow([.. cells.Select(c => new Text(c ?? string.Empty))]);

    /// <summary>The colour of a state.</summary>
    public static string Colour(string state) => state switch
    {
        "finished" => "green",
        "failed" => "red",
        "running" => "blue",
        "cancelled" or "interrupted" or "paused" => "yellow",
        _ => "grey",
    };
}
