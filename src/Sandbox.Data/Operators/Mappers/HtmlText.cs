using AngleSharp.Html.Parser;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>The text of an HTML document's body, items of lists marked by an asterisk on a line of their own.</summary>
internal static class HtmlText
{
    public static string Extract(string html)
    {
        var marked = html
            .Replace("<li>", "\n*", StringComparison.Ordinal)
            .Replace("</li>", string.Empty, StringComparison.Ordinal)
            .Replace("<ol>", "\n*", StringComparison.Ordinal)
            .Replace("</ol>", string.Empty, StringComparison.Ordinal);
        using var document = new HtmlParser().ParseDocument(marked);
        return document.Body?.TextContent ?? string.Empty;
    }
}
