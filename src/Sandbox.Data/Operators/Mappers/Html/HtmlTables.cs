using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers.Html;

/// <summary>Finds the tables of an HTML text and puts them under the row's tags. The text stays.</summary>
internal sealed class HtmlTables(string textKey, ExtractTablesOptions options) : IRowOperator
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        new()
        {
            Name = "extract_tables_from_html_mapper",
            Kind = OperatorKind.Mapper,
            Summary = "Finds the tables of an HTML text.",
            OptionsType = typeof(ExtractTablesOptions),
            Tags = true,
            Create = (options, textKey) => new HtmlTables(textKey, (ExtractTablesOptions)options),
        },
    ];

    public RowOutcome Run(Row row)
    {
        var meta = row.Get(ColumnNames.Meta) as JsonObject ?? [];
        if (meta.ContainsKey(options.TablesFieldName))
        {
            return RowOutcome.Kept;
        }

        meta[options.TablesFieldName] = Find(TextField.Of(row, textKey).Text);
        row.Set(ColumnNames.Meta, meta);
        return RowOutcome.Kept;
    }

    private JsonArray Find(string html)
    {
        var tables = HtmlTree.Parse(html).Descendants("table");
        return options.RetainHtmlTags
            ? new JsonArray([.. tables.Select(t => JsonValue.Create(HtmlSource.Of(t)))])
            : new JsonArray([.. tables.Select(Rows).Where(rows => rows.Count > 0)]);
    }

    // Rows are looked for at any depth, so that a table repeats those of the tables within it; cells are not.
    private JsonArray Rows(HtmlElement table)
    {
        var rows = table.Descendants("tr")
            .Select(row => row.Children.OfType<HtmlElement>().Where(e => e.Name is "td" or "th").ToList())
            .Where(cells => cells.Count > 0 && (options.IncludeHeader || !cells.Exists(c => c.Name == "th")));
        return new JsonArray([.. rows.Select(cells => new JsonArray([.. cells.Select(c => JsonValue.Create(Text(c)))]))]);
    }

    private static string Text(HtmlElement cell)
    {
        var text = new StringBuilder();
        var open = new Stack<HtmlNode>([cell]);
        while (open.TryPop(out var node))
        {
            if (node is HtmlTextNode { IsContent: true } piece)
            {
                text.Append(PythonText.Strip(piece.Text));
            }

            for (var i = node is HtmlElement element ? element.Children.Count - 1 : -1; i >= 0; i--)
            {
                open.Push(((HtmlElement)node).Children[i]);
            }
        }

        return text.ToString();
    }
}
