using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>Reads Python's JSON and remembers where every value began.</summary>
internal sealed class PythonJsonParser(string text, string file)
{
    // Far above any config, far below what the stack can take.
    private const int MaxDepth = 500;
    private readonly Dictionary<JsonNode, int> _places = new(ReferenceEqualityComparer.Instance);
    private int _position;
    private int _depth;

    public JsonNode? Parse()
    {
        if (text.StartsWith('\uFEFF'))
        {
            _position = 1;
        }

        SkipBlanks();
        if (_position == text.Length)
        {
            throw Broken("the file is empty; expected JSON.");
        }

        var root = ParseValue();
        SkipBlanks();
        return _position == text.Length ? root : throw Broken("unexpected text after the JSON value.");
    }

    /// <summary>Where a value began; the file as a whole for null.</summary>
    public SourceLocation LocationOf(JsonNode? node) =>
        node is not null && _places.TryGetValue(node, out var place) ? LocationOf(place) : new SourceLocation(file, 0, 0);

    private SourceLocation LocationOf(int place)
    {
        var before = text.AsSpan(0, Math.Min(place, text.Length));
        return new SourceLocation(file, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private JsonNode? ParseValue()
    {
        SkipBlanks();
        var start = _position;
        var node = Peek() switch
        {
            '{' => Nested(ParseObject),
            '[' => Nested(ParseArray),
            '"' => JsonValue.Create(ParseString()),
            '-' or (>= '0' and <= '9') => ParseNumber(),
            _ => ParseWord(),
        };
        if (node is not null)
        {
            _places[node] = start;
        }

        return node;
    }

    private JsonNode Nested(Func<JsonNode> parse)
    {
        if (++_depth > MaxDepth)
        {
            throw Broken($"the values are nested more than {MaxDepth.ToString(CultureInfo.InvariantCulture)} deep.");
        }

        var node = parse();
        _depth--;
        return node;
    }

    private JsonObject ParseObject()
    {
        var map = new JsonObject();
        _position++;
        SkipBlanks();
        while (!TryTake('}'))
        {
            if (map.Count > 0)
            {
                Take(',');
                SkipBlanks();
            }

            var key = Peek() == '"' ? ParseString() : throw Broken("expected a key in double quotes.");
            SkipBlanks();
            Take(':');
            map[key] = ParseValue();
            SkipBlanks();
        }

        return map;
    }

    private JsonArray ParseArray()
    {
        var list = new JsonArray();
        _position++;
        SkipBlanks();
        while (!TryTake(']'))
        {
            if (list.Count > 0)
            {
                Take(',');
            }

            list.Add(ParseValue());
            SkipBlanks();
        }

        return list;
    }

    private string ParseString()
    {
        var value = new StringBuilder();
        _position++;
        while (true)
        {
            var c = Peek();
            if (c is '\0' && _position == text.Length)
            {
                throw Broken("the text ends inside a string.");
            }

            if (c is < ' ')
            {
                throw Broken("a string holds a line break or control character: write it as an escape.");
            }

            _position++;
            switch (c)
            {
                case '"':
                    return value.ToString();
                case '\\':
                    value.Append(ParseEscape());
                    break;
                default:
                    value.Append(c);
                    break;
            }
        }
    }

    private char ParseEscape()
    {
        var c = Peek();
        _position++;
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ParseUnicode(),
            _ => throw Broken("unknown escape in a string.", -1),
        };
    }

    private char ParseUnicode()
    {
        if (_position + 4 > text.Length
            || !ushort.TryParse(text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Broken("\\u needs four hexadecimal digits.");
        }

        _position += 4;
        return (char)code;
    }

    private JsonNode ParseNumber()
    {
        if (TryWord("-Infinity"))
        {
            return JsonValue.Create(double.NegativeInfinity);
        }

        var start = _position;
        while (Peek() is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
        {
            _position++;
        }

        var raw = text[start.._position];
        try
        {
            return JsonNode.Parse(raw)!;
        }
        catch (JsonException)
        {
            throw Broken($"\"{raw}\" is no number.", start - _position);
        }
    }

    private JsonValue? ParseWord() =>
        TryWord("null") ? null
        : TryWord("true") ? JsonValue.Create(true)
        : TryWord("false") ? JsonValue.Create(false)
        : TryWord("NaN") ? JsonValue.Create(double.NaN)
        : TryWord("Infinity") ? JsonValue.Create(double.PositiveInfinity)
        : throw Broken(_position == text.Length ? "the text ends where a value was expected." : "expected a value.");

    private bool TryWord(string word)
    {
        if (!text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private char Peek() => _position < text.Length ? text[_position] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Take(char c)
    {
        if (!TryTake(c))
        {
            throw Broken(_position == text.Length ? $"the text ends where \"{c}\" was expected." : $"expected \"{c}\".");
        }
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }

    private FaultException Broken(string message, int back = 0) =>
        new([new Fault(LocationOf(_position + back), $"not valid JSON: {message}")]);
}
