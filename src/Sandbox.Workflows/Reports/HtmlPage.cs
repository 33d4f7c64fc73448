namespace Sandbox.Workflows.Reports;

/// <summary>A part of a page, with a heading of its own.</summary>
/// <param name="Id">Where the table of contents leads.</param>
/// <param name="Title">The heading.</param>
/// <param name="IsThere">Whether there is anything to show.</param>
/// <param name="Add">Adds it.</param>
internal sealed record HtmlPart(string Id, string Title, bool IsThere, Action<Html> Add);

/// <summary>A whole page: no network, no script; light and dark, on screen and on paper.</summary>
internal static class HtmlPage
{
    public static string Render(string title, Action<Html> addHeader, IEnumerable<HtmlPart> parts, string footer)
    {
        var html = new Html();
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        // Nothing in the page may load or run anything, whatever a name in it looks like.
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        html.Add($"<title>{title}</title>");
        ReportStyle.AddTo(html);
        html.Add($"</head><body><main>");
        addHeader(html);
        var there = parts.Where(p => p.IsThere).ToList();
        AddContents(html, there);
        foreach (var part in there)
        {
            html.Add($"<section id=\"{part.Id}\"><h2>{part.Title}</h2>");
            part.Add(html);
            html.Add($"</section>");
        }

        html.Add($"<footer>{footer}</footer></main></body></html>\n");
        return html.ToString();
    }

    private static void AddContents(Html html, IReadOnlyList<HtmlPart> parts)
    {
        html.Add($"<nav aria-label=\"Contents\">");
        foreach (var part in parts)
        {
            html.Add($"<a href=\"#{part.Id}\">{part.Title}</a>");
        }

        html.Add($"</nav>");
    }
}
