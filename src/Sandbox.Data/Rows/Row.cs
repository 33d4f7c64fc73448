using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Text;

namespace Sandbox.Data.Rows;

/// <summary>
/// One row of a data set. Fields keep the bytes that they were read as until they are set, so that what an operator does
/// not touch is written as it was: unknown fields, the order of keys, the digits of numbers.
/// </summary>
public sealed class Row
{
    private readonly List<Field> _fields;
    private RowStats? _stats;

    internal Row(List<Field> fields) => _fields = fields;

    /// <summary>A row with these fields.</summary>
    public Row(JsonObject fields)
        : this(new List<Field>(fields.Count))
    {
        foreach (var (name, value) in fields)
        {
            Set(name, value);
        }
    }

    /// <summary>Place among the rows of the input, from 1; malformed ones count, blank lines do not.</summary>
    public long Number { get; internal set; }

    /// <summary>The file as the user named it; null for a row made here.</summary>
    public string? File { get; internal set; }

    /// <summary>Line in the file where the row starts, from 1.</summary>
    public long Line { get; internal set; }

    /// <summary>The statistics that filters computed.</summary>
    public RowStats Stats => _stats ??= new RowStats();

    /// <summary>Names of the fields in their order.</summary>
    public IEnumerable<string> Keys => _fields.Select(f => f.Name);

    // What a deduplicator measured of the text, until it has seen all rows.
    internal uint[]? Sketch { get; set; }

    internal List<Field> Fields => _fields;

    internal ReadOnlySpan<Field> FieldSpan => CollectionsMarshal.AsSpan(_fields);

    internal RowStats? StatsOrNull => _stats;

    /// <summary>Whether the field is there, also when it is null.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>The text of a field; null where it is absent, null or no text.</summary>
    public string? GetText(string name) => View(name)?.Text;

    /// <summary>Sets a field to a text.</summary>
    public void SetText(string name, string value) => Put(new Field(name, default, new TextView(value), true));

    /// <summary>The value of a field; null where it is absent or null. A change of what is returned changes nothing here.</summary>
    public JsonNode? Get(string name)
    {
        var at = IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        var field = _fields[at];
        return field.Changed ? JsonValue.Create(field.Text!.Text) : JsonNode.Parse(field.Json.Span, documentOptions: RowParser.Options);
    }

    /// <summary>Sets a field, at its place or at the end.</summary>
    public void Set(string name, JsonNode? value) =>
        Put(new Field(name, Encoding.UTF8.GetBytes(value?.ToJsonString(RowWriter.Relaxed) ?? "null"), null, false));

    /// <summary>A row of its own with the same fields, statistics and place.</summary>
    public Row Copy()
    {
        var copy = new Row(new List<Field>(_fields)) { Number = Number, File = File, Line = Line };
        foreach (var (key, value) in _stats is null ? [] : _stats.AsSet)
        {
            copy.Stats.Set(key, value);
        }

        return copy;
    }

    /// <summary>Removes a field.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string name)
    {
        var at = IndexOf(name);
        if (at >= 0)
        {
            _fields.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <summary>Walks a dotted key through nested objects. The statistics are found under <c>__dj__stats__</c>.</summary>
    /// <param name="path">The key, as in <c>meta.score</c>.</param>
    /// <param name="value">The value; may be null.</param>
    /// <returns>False where a key of the path is missing.</returns>
    public bool TryWalk(string path, out JsonNode? value)
    {
        var keys = path.Split('.');
        value = null;
        if (keys[0] == ColumnNames.Stats)
        {
            value = Stats.ToJson();
        }
        else if (Contains(keys[0]))
        {
            value = Get(keys[0]);
        }
        else
        {
            return false;
        }

        foreach (var key in keys.Skip(1))
        {
            if (value is not JsonObject nested || !nested.TryGetPropertyValue(key, out value))
            {
                value = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>The fields as a JSON object, without the statistics.</summary>
    public JsonObject ToJson() => new(_fields.Select(f => KeyValuePair.Create(f.Name, Get(f.Name))));

    /// <summary>Where the row stands, for messages.</summary>
    public override string ToString() => File is null
        ? FormattableString.Invariant($"row {Number}")
        : FormattableString.Invariant($"row {Number} ({File}:{Line})");

    // What operators read: shared between all that look at the same version of the text.
    internal TextView? View(string name)
    {
        var at = IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        ref var field = ref CollectionsMarshal.AsSpan(_fields)[at];
        if (field.Text is null && JsonText.IsString(field.Json.Span))
        {
            field = field with { Text = new TextView(field.Json, field.IsPlain) };
        }

        return field.Text;
    }

    private void Put(Field field)
    {
        var at = IndexOf(field.Name);
        if (at < 0)
        {
            _fields.Add(field);
        }
        else
        {
            _fields[at] = field;
        }
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (ReferenceEquals(_fields[i].Name, name) || string.Equals(_fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    // IsPlain: a string in which nothing is escaped.
    internal readonly record struct Field(string Name, ReadOnlyMemory<byte> Json, TextView? Text, bool Changed, bool IsPlain = false);
}
