using System.Text;

namespace Sandbox.Components.Catalogue;

/// <summary>The catalogue as a page of documentation, <c>docs/components.md</c>. A test holds the page fresh.</summary>
public static class ComponentPage
{
    private const string Head = """
        # Hooks and components

        This page is made by `sandbox components --markdown > docs/components.md` from the attributes that also check a config.
        Do not edit it. A job names a hook; most hooks start a component, whose `type` and options stand in `extra_configs`.
        An option that is not listed is a fault before anything runs.

        """;

    /// <summary>Writes the page.</summary>
    public static string Of(IReadOnlyList<CatalogueEntry> entries)
    {
        var page = new StringBuilder(Head);
        foreach (var group in entries.GroupBy(e => e.Kind))
        {
            page.Append('\n').Append(group.Key == "hook" ? "## Hooks" : $"## {group.Key}").Append('\n');
            foreach (var entry in group)
            {
                Append(page, entry);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, CatalogueEntry entry)
    {
        page.Append($"\n### {(entry.Kind == "hook" ? entry.Name : $"`{entry.Name}`")}\n\n{entry.Summary}{Results(entry)}\n");
        if (entry.Origin != ComponentCatalogue.BuiltInOrigin)
        {
            page.Append($"\nFrom {entry.Origin}.\n");
        }

        if (entry.Options.Count > 0)
        {
            page.Append("\n| option | value | default | |\n|---|---|---|---|\n");
        }

        foreach (var option in entry.Options)
        {
            var standard = option.Required ? "**required**" : option.Default is null ? string.Empty : $"`{option.Default}`";
            page.Append($"| `{option.Key}` | {option.Type} | {standard} | {option.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    private static string Results(CatalogueEntry entry) => entry.Results switch
    {
        0 => " Gives no result.",
        1 => " Gives one result.",
        { } several => FormattableString.Invariant($" Gives {several} results."),
        _ => string.Empty,
    };
}
