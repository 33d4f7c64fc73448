using System.Text;

namespace Sandbox.Data.Operators.Mappers.Html;

/// <summary>Writes an element as Beautiful Soup does.</summary>
internal static class HtmlSource
{
    public static string Of(HtmlElement element)
    {
        var text = new StringBuilder();
        var open = new Stack<object>([element]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case string end:
                    text.Append(end);
                    break;
                case HtmlTextNode node:
                    text.Append(node.IsContent ? Escape(node.Text) : node.Text);
                    break;
                case HtmlMarkup markup:
                    text.Append(markup.Source);
                    break;
                case HtmlElement inner:
                    Open(inner, text, open);
                    break;
            }
        }

        return text.ToString();
    }

    private static void Open(HtmlElement element, StringBuilder text, Stack<object> open)
    {
        text.Append('<').Append(element.Name);
        foreach (var (name, value) in element.Attributes)
        {
            text.Append(' ').Append(name).Append('=').Append(Quote(name == "class" ? string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : value));
        }

        text.Append(element.IsVoid ? "/>" : ">");
        if (element.IsVoid)
        {
            return;
        }

        open.Push($"</{element.Name}>");
        for (var i = element.Children.Count - 1; i >= 0; i--)
        {
            open.Push(element.Children[i]);
        }
    }

    private static string Quote(string value)
    {
        var escaped = Escape(value);
        return !value.Contains('"', StringComparison.Ordinal) ? $"\"{escaped}\""
            : !value.Contains('\'', StringComparison.Ordinal) ? $"'{escaped}'"
            : $"\"{escaped.Replace("\"", "&quot;", StringComparison.Ordinal)}\"";
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
