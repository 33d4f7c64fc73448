using System.Text;

namespace Sandbox.Data.Operators.Mappers.Html;

/// <summary>Builds the tree as Beautiful Soup does with Python's own parser: nothing is closed or inserted that the
/// document does not close or open; an end tag closes what was opened since its start tag.</summary>
internal sealed class HtmlTree
{
    private readonly HtmlElement _root = new("[document]", []);
    private readonly List<HtmlElement> _open = [];
    private readonly StringBuilder _text = new();

    private HtmlTree() => _open.Add(_root);

    public static HtmlElement Parse(string html)
    {
        var tree = new HtmlTree();
        new HtmlTokens(html, tree).Run();
        tree.EndText();
        return tree._root;
    }

    public void Text(string text) => _text.Append(text);

    public void Markup(string source)
    {
        EndText();
        _open[^1].Children.Add(new HtmlMarkup(source));
    }

    public void Start(string name, IReadOnlyList<(string Name, string Value)> attributes, bool closesItself)
    {
        EndText();
        var element = new HtmlElement(name, attributes);
        _open[^1].Children.Add(element);
        if (!element.IsVoid && !closesItself)
        {
            _open.Add(element);
        }
    }

    public void End(string name)
    {
        EndText();
        var at = _open.FindLastIndex(e => e.Name == name);
        if (at > 0)
        {
            _open.RemoveRange(at, _open.Count - at);
        }
    }

    // Blanks alone become a single one, or a line feed where there is one.
    private void EndText()
    {
        if (_text.Length == 0)
        {
            return;
        }

        var text = _text.ToString();
        _text.Clear();
        if (text.AsSpan().IndexOfAnyExcept(" \n\t\f\r") < 0 && !_open.Exists(e => e.Name is "pre" or "textarea"))
        {
            text = text.Contains('\n', StringComparison.Ordinal) ? "\n" : " ";
        }

        var isContent = !_open.Exists(e => e.Name is "script" or "style" or "template" or "rt" or "rp");
        _open[^1].Children.Add(new HtmlTextNode(text, isContent));
    }
}
