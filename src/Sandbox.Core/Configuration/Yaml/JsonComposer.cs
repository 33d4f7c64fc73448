using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>Builds the tree from a JSON file.</summary>
internal ref struct JsonComposer
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _file;
    private readonly ICollection<Fault> _faults;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _column = 1;
    private int _counted;
    private int _nodes;

    private JsonComposer(ReadOnlySpan<byte> bytes, string file, ICollection<Fault> faults)
    {
        _bytes = bytes;
        _file = file;
        _faults = faults;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = ConfigParser.MaxDepth });
    }

    public static ConfigNode? Parse(ReadOnlyMemory<byte> bytes, string file, ICollection<Fault> faults)
    {
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return ScalarResolver.Plain(new SourceLocation(file, 1, 1), string.Empty);
        }

        var composer = new JsonComposer(bytes.Span, file, faults);
        try
        {
            composer._reader.Read();
            var root = composer.Node();
            composer._reader.Read();
            return root;
        }
        catch (MalformedConfigException e)
        {
            faults.Add(new Fault(e.Location, e.Message));
        }
        catch (JsonException e)
        {
            var at = new SourceLocation(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            faults.Add(new Fault(at, $"malformed JSON: {Reason(e)}"));
        }
        catch (InvalidOperationException)
        {
            faults.Add(new Fault(composer.Here(), "malformed JSON: the text is not UTF-8, or half of a surrogate pair."));
        }

        return null;
    }

    private ConfigNode Node()
    {
        var at = Here();
        if (++_nodes > ConfigParser.MaxNodes)
        {
            throw new MalformedConfigException(at, $"the file holds more than {ConfigParser.MaxNodes} values.");
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Mapping(at),
            JsonTokenType.StartArray => Sequence(at),
            JsonTokenType.String => ConfigScalar.OfText(at, _reader.GetString()!),
            JsonTokenType.Number => Number(at, Encoding.ASCII.GetString(_reader.ValueSpan)),
            JsonTokenType.Null => new ConfigScalar(at, "null", ScalarKind.Null, null),
            _ => new ConfigScalar(
                at, _reader.TokenType == JsonTokenType.True ? "true" : "false", ScalarKind.Boolean, _reader.TokenType == JsonTokenType.True),
        };
    }

    private ConfigMapping Mapping(SourceLocation at)
    {
        var entries = new MappingEntries(_faults);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var keyAt = Here();
            var key = _reader.GetString()!;
            _reader.Read();
            entries.Add(new ConfigEntry(key, keyAt, Node()));
        }

        return new ConfigMapping(at, entries.ToList());
    }

    private ConfigSequence Sequence(SourceLocation at)
    {
        var items = new List<ConfigNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Node());
        }

        return new ConfigSequence(at, items);
    }

    private static ConfigScalar Number(SourceLocation at, string text) =>
        text.Length <= 400 && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new ConfigScalar(at, text, ScalarKind.Integer, whole)
            : new ConfigScalar(at, text, ScalarKind.Number, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    private SourceLocation Here()
    {
        // Counted on from the last token: a file may be one line of many megabytes.
        var passed = _bytes[_counted..(int)_reader.TokenStartIndex];
        _counted += passed.Length;
        var lastBreak = passed.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(lastBreak + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        return new SourceLocation(_file, _line, _column);
    }

    /// <summary>What the parser says is wrong.</summary>
    public static string Reason(JsonException e)
    {
        // The parser's advice is for programmers, and the place is told already.
        var end = new[] { " LineNumber:", " Change the reader options" }.Select(t => e.Message.IndexOf(t, StringComparison.Ordinal)).Where(i => i >= 0);
        return e.Message[..end.DefaultIfEmpty(e.Message.Length).Min()];
    }
}
