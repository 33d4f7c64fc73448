namespace Sandbox.Data.Operators.Mappers.Html;

/// <summary>A node of the tree that Beautiful Soup makes with Python's own parser.</summary>
internal abstract class HtmlNode;

/// <summary>Text between tags.</summary>
/// <param name="text">The text, references resolved.</param>
/// <param name="isContent">False within script, style, template and ruby annotations, which are no text to it.</param>
internal sealed class HtmlTextNode(string text, bool isContent) : HtmlNode
{
    public string Text { get; } = text;

    public bool IsContent { get; } = isContent;
}

/// <summary>A comment, declaration or processing instruction, with its marks.</summary>
internal sealed class HtmlMarkup(string source) : HtmlNode
{
    public string Source { get; } = source;
}

/// <summary>An element.</summary>
internal sealed class HtmlElement(string name, IReadOnlyList<(string Name, string Value)> attributes) : HtmlNode
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "image", "img", "input", "isindex",
        "keygen", "link", "menuitem", "meta", "nextid", "param", "source", "spacer", "track", "wbr",
    };

    public string Name { get; } = name;

    public IReadOnlyList<(string Name, string Value)> Attributes { get; } = attributes;

    public List<HtmlNode> Children { get; } = [];

    public bool IsVoid => Void.Contains(Name);

    /// <summary>All elements of that name below this one, in the order of the document.</summary>
    public IEnumerable<HtmlElement> Descendants(string name)
    {
        // A stack instead of recursion: broken documents nest as deep as they are long.
        var open = new Stack<HtmlNode>(Children.AsEnumerable().Reverse());
        while (open.TryPop(out var node))
        {
            if (node is not HtmlElement element)
            {
                continue;
            }

            if (element.Name == name)
            {
                yield return element;
            }

            for (var i = element.Children.Count - 1; i >= 0; i--)
            {
                open.Push(element.Children[i]);
            }
        }
    }
}
