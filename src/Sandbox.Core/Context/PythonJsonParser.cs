using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>Reads Python's JSON and remembers where every value began.</summary>
internal sealed class PythonJsonParser(string text, string file)
{
    // Far above any config, far below what the stack can take.
    private const int MaxDepth = 500;
    private readonly PythonJsonScanner _scanner = new(text, file);
    private readonly Dictionary<JsonNode, int> _places = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    public JsonNode? Parse()
    {
        _scanner.SkipMark();
        _scanner.SkipBlanks();
        if (_scanner.IsAtEnd)
        {
            throw _scanner.Broken("the file is empty; expected JSON.");
        }

        var root = ParseValue();
        _scanner.SkipBlanks();
        return _scanner.IsAtEnd ? root : throw _scanner.Broken("unexpected text after the JSON value.");
    }

    /// <summary>Where a value began; the file as a whole for null.</summary>
    public SourceLocation LocationOf(JsonNode? node) =>
        node is not null && _places.TryGetValue(node, out var place) ? _scanner.LocationOf(place) : new SourceLocation(file, 0, 0);

    private JsonNode? ParseValue()
    {
        _scanner.SkipBlanks();
        var start = _scanner.Position;
        var node = _scanner.Peek() switch
        {
            '{' => Nested(ParseObject),
            '[' => Nested(ParseArray),
            '"' => JsonValue.Create(_scanner.String()),
            '-' or (>= '0' and <= '9') => _scanner.Number(),
            _ => _scanner.Word(),
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
            throw _scanner.Broken($"the values are nested more than {MaxDepth.ToString(CultureInfo.InvariantCulture)} deep.");
        }

        var node = parse();
        _depth--;
        return node;
    }

    private JsonObject ParseObject()
    {
        var map = new JsonObject();
        _scanner.Take('{');
        _scanner.SkipBlanks();
        while (!_scanner.TryTake('}'))
        {
            if (map.Count > 0)
            {
                _scanner.Take(',');
                _scanner.SkipBlanks();
            }

            var key = _scanner.Peek() == '"' ? _scanner.String() : throw _scanner.Broken("expected a key in double quotes.");
            _scanner.SkipBlanks();
            _scanner.Take(':');
            map[key] = ParseValue();
            _scanner.SkipBlanks();
        }

        return map;
    }

    private JsonArray ParseArray()
    {
        var list = new JsonArray();
        _scanner.Take('[');
        _scanner.SkipBlanks();
        while (!_scanner.TryTake(']'))
        {
            if (list.Count > 0)
            {
                _scanner.Take(',');
            }

            list.Add(ParseValue());
            _scanner.SkipBlanks();
        }

        return list;
    }
}
