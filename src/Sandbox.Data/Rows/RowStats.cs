using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Rows;

/// <summary>The statistics of one row. A statistic that is there already is never computed again.</summary>
public sealed class RowStats
{
    // A row has a handful of statistics: a list is faster than a dictionary.
    private readonly List<(string Key, StatValue Value)> _values = [];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>All of them in the order in which they were set.</summary>
    public IEnumerable<KeyValuePair<string, StatValue>> Values => _values.Select(v => KeyValuePair.Create(v.Key, v.Value));

    /// <summary>Whether the statistic is there.</summary>
    public bool Contains(string key) => IndexOf(key) >= 0;

    /// <summary>The statistic, or null.</summary>
    public StatValue? Find(string key) => IndexOf(key) is >= 0 and var at ? _values[at].Value : null;

    /// <summary>Sets the statistic.</summary>
    public void Set(string key, StatValue value)
    {
        if (IndexOf(key) is >= 0 and var at)
        {
            _values[at] = (key, value);
            return;
        }

        _values.Add((key, value));
    }

    /// <summary>All of them as JSON, keys in ordinal order as upstream writes them.</summary>
    public JsonObject ToJson() => new(Ordered().Select(v => KeyValuePair.Create(v.Key, v.Value.ToNode())));

    internal void Write(Utf8JsonWriter writer, bool rounded)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in Ordered())
        {
            writer.WritePropertyName(key);
            value.Write(writer, rounded);
        }

        writer.WriteEndObject();
    }

    private IEnumerable<(string Key, StatValue Value)> Ordered() => _values.OrderBy(v => v.Key, StringComparer.Ordinal);

    private int IndexOf(string key)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            if (ReferenceEquals(_values[i].Key, key) || string.Equals(_values[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
