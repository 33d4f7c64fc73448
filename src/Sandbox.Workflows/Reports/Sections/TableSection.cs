namespace Sandbox.Workflows.Reports.Sections;

/// <summary>Tables of figures, of changes, of facts.</summary>
internal static class TableSection
{
    public static void Add(Html html, IReadOnlyList<ReportTable> tables)
    {
        foreach (var table in tables)
        {
            html.Add($"<div class=\"scroll\"><table><caption>{table.Title}</caption><thead><tr>");
            for (var i = 0; i < table.Columns.Count; i++)
            {
                html.Add($"<th scope=\"col\" class=\"{(IsNumeric(table, i) ? "number" : "text")}\">{table.Columns[i]}</th>");
            }

            html.Add($"</tr></thead><tbody>");
            var columns = Enumerable.Range(0, table.Columns.Count)
                .Select(c => Figures.Column([.. table.Rows.Select(r => c < r.Count && r[c].Text is null ? r[c].Number : null)])).ToList();
            for (var i = 0; i < table.Rows.Count; i++)
            {
                AddRow(html, table.Rows[i], [.. columns.Select(c => c[i])]);
            }

            html.Add($"</tbody></table></div>");
            if (table.Note is { } note)
            {
                html.Add($"<p class=\"note\">{note}</p>");
            }
        }
    }

    public static void AddChanges(Html html, IReadOnlyList<RecipeChanges> recipes)
    {
        foreach (var recipe in recipes)
        {
            html.Add($"<div class=\"scroll\"><table class=\"changes\"><caption>{recipe.Title}</caption><thead><tr>");
            html.Add($"<th scope=\"col\">Operator</th><th scope=\"col\">Argument</th><th scope=\"col\" class=\"number\">Old value</th>");
            html.Add($"<th scope=\"col\" class=\"number\">New value</th><th scope=\"col\">Why</th></tr></thead><tbody>");
            foreach (var group in recipe.Changes.GroupBy(c => c.Operator, StringComparer.Ordinal))
            {
                AddOperator(html, [.. group]);
            }

            html.Add($"</tbody></table></div>");
            if (recipe.Changes.Count == 0)
            {
                html.Add($"<p class=\"note\">Nothing was changed.</p>");
            }
        }
    }

    public static void AddFacts(Html html, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        html.Add($"<div class=\"scroll\"><table class=\"environment\"><tbody>");
        foreach (var (name, value) in facts)
        {
            html.Add($"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void AddRow(Html html, IReadOnlyList<ReportCell> row, IReadOnlyList<string> numbers)
    {
        html.Add($"<tr>");
        for (var i = 0; i < Math.Min(row.Count, numbers.Count); i++)
        {
            var text = row[i].Text ?? numbers[i];
            if (i == 0)
            {
                html.Add($"<th scope=\"row\">{text}</th>");
            }
            else
            {
                html.Add($"<td class=\"{(row[i].Number is null ? "text" : "number")}{(row[i].IsBest ? " best" : string.Empty)}\">{text}");
                html.Add($"{(row[i].IsBest ? " ★" : string.Empty)}</td>");
            }
        }

        html.Add($"</tr>");
    }

    private static void AddOperator(Html html, IReadOnlyList<RecipeChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            html.Add($"<tr>");
            if (i == 0)
            {
                html.Add($"<th scope=\"rowgroup\" rowspan=\"{changes.Count}\"><code>{change.Operator}</code></th>");
            }

            html.Add($"<td><code>{change.Argument}</code></td><td class=\"number\">{Figures.Show(change.OldValue)}</td>");
            html.Add($"<td class=\"number\"><b>{Figures.Show(change.NewValue)}</b></td><td>{change.Why}</td></tr>");
        }
    }

    private static bool IsNumeric(ReportTable table, int column) =>
        column > 0 && table.Rows.Any(r => column < r.Count && r[column].Number is not null);
}
