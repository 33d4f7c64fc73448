using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Sandbox.Data.Operators.Mappers.Html;

/// <summary>Cuts HTML into tags and text by the lenient rules of Python's own parser.</summary>
internal sealed class HtmlTokens(string html, HtmlTree tree)
{
    private int _at;
    private string? _raw;

    public void Run()
    {
        while (_at < html.Length)
        {
            if (_raw is not null)
            {
                Raw();
                continue;
            }

            var mark = html.AsSpan(_at).IndexOfAny('<', '&');
            if (mark != 0)
            {
                var length = mark < 0 ? html.Length - _at : mark;
                tree.Text(html.Substring(_at, length));
                _at += length;
            }
            else if (html[_at] == '&')
            {
                Reference();
            }
            else
            {
                Tag();
            }
        }
    }

    // The content of script and style ends with their own end tag only.
    private void Raw()
    {
        var end = html.IndexOf("</" + _raw, _at, StringComparison.OrdinalIgnoreCase);
        end = end < 0 ? html.Length : end;
        tree.Text(html[_at..end]);
        (_at, _raw) = (end, null);
    }

    private void Tag()
    {
        var rest = html.AsSpan(_at);
        if (rest.Length > 1 && char.IsAsciiLetter(rest[1]))
        {
            StartTag();
        }
        else if (rest.StartsWith("</", StringComparison.Ordinal))
        {
            EndTag();
        }
        else if (rest.StartsWith("<!--", StringComparison.Ordinal))
        {
            MarkupUntil("-->", _at + 4);
        }
        else if (rest.StartsWith("<!", StringComparison.Ordinal) || rest.StartsWith("<?", StringComparison.Ordinal))
        {
            MarkupUntil(">", _at + 2);
        }
        else
        {
            tree.Text("<");
            _at++;
        }
    }

    private void MarkupUntil(string mark, int from)
    {
        var end = html.IndexOf(mark, from, StringComparison.Ordinal);
        end = end < 0 ? html.Length : end + mark.Length;
        tree.Markup(html[_at..end]);
        _at = end;
    }

    private void EndTag()
    {
        var end = html.IndexOf('>', _at);
        if (end < 0)
        {
            tree.Text(html[_at..]);
            _at = html.Length;
            return;
        }

        var name = NameAt(_at + 2);
        if (name.Length > 0)
        {
            tree.End(name);
        }

        _at = end + 1;
    }

    private void StartTag()
    {
        var start = _at;
        var name = NameAt(_at + 1);
        _at += 1 + name.Length;
        var attributes = new List<(string Name, string Value)>();
        while (_at < html.Length && html[_at] != '>')
        {
            if (IsBlank(html[_at]) || html[_at] == '/')
            {
                _at++;
                continue;
            }

            Attribute(attributes);
        }

        if (_at >= html.Length)
        {
            // Never closed: it is text.
            tree.Text(html[start..]);
            return;
        }

        var closesItself = html[_at - 1] == '/';
        _at++;
        tree.Start(name, attributes, closesItself);
        _raw = name is "script" or "style" && !closesItself ? name : null;
    }

    private void Attribute(List<(string Name, string Value)> attributes)
    {
        var start = _at;
        do
        {
            _at++;
        }
        while (_at < html.Length && !IsBlank(html[_at]) && html[_at] is not ('=' or '>' or '/'));
        var name = html[start.._at].ToLowerInvariant();
        var value = Value();
        var known = attributes.FindIndex(a => a.Name == name);
        if (known >= 0)
        {
            attributes[known] = (name, value);
        }
        else
        {
            attributes.Add((name, value));
        }
    }

    private string Value()
    {
        var at = SkipBlanks(_at);
        if (at >= html.Length || html[at] != '=')
        {
            return string.Empty;
        }

        at = SkipBlanks(at + 1);
        var quote = at < html.Length && html[at] is '"' or '\'' ? html[at++] : '\0';
        var end = at;
        while (end < html.Length && (quote != '\0' ? html[end] != quote : !IsBlank(html[end]) && html[end] != '>'))
        {
            end++;
        }

        _at = quote != '\0' && end < html.Length ? end + 1 : end;
        return System.Net.WebUtility.HtmlDecode(html[at..end]);
    }

    private int SkipBlanks(int at)
    {
        while (at < html.Length && IsBlank(html[at]))
        {
            at++;
        }

        return at;
    }

    private string NameAt(int at)
    {
        var end = at;
        while (end < html.Length && !IsBlank(html[end]) && html[end] is not ('/' or '>'))
        {
            end++;
        }

        return html[at..end].ToLowerInvariant();
    }

    private void Reference()
    {
        var end = _at + 1;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || (end == _at + 1 && html[end] == '#')))
        {
            end++;
        }

        var name = html[(_at + 1)..end];
        var text = name.StartsWith('#') ? Character(name) : HtmlEntityProvider.Resolver.GetSymbol(name + ";");
        var closed = end < html.Length && html[end] == ';';
        tree.Text(text ?? "&" + name + (closed ? ";" : string.Empty));
        _at = closed ? end + 1 : end;
    }

    private static string? Character(string reference)
    {
        var isHex = reference.Length > 1 && reference[1] is 'x' or 'X';
        return int.TryParse(reference.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && Rune.IsValid(value) ? new Rune(value).ToString() : null;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
