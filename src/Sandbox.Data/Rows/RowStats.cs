using System.Buffers;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Rows;

/// <summary>The statistics of one row. A statistic that is there already is never computed again.</summary>
public sealed class RowStats
{
    // A row has a handful of statistics: a list is faster than a dictionary. Kept in ordinal order, as upstream writes them.
    private readonly List<(string Key, StatValue Value)> _values = [];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>All of them in ordinal order of their keys.</summary>
    public IEnumerable<KeyValuePair<string, StatValue>> Values => _values.Select(v => KeyValuePair.Create(v.Key, v.Value));

    internal List<(string Key, StatValue Value)> Ordered => _values;

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

        at = _values.Count;
        while (at > 0 && string.CompareOrdinal(_values[at - 1].Key, key) > 0)
        {
            at--;
        }

        _values.Insert(at, (key, value));
    }

    /// <summary>All of them as JSON, keys in ordinal order as upstream writes them.</summary>
    public JsonObject ToJson() => new(_values.Select(v => KeyValuePair.Create(v.Key, v.Value.ToNode())));

    internal void Write(IBufferWriter<byte> target, bool rounded)
    {
        var separator = "{"u8;
        foreach (var (key, value) in _values)
        {
            target.Write(separator);
            target.Write(PropertyNames.Of(key));
            value.Write(target, rounded);
            separator = ","u8;
        }

        target.Write(_values.Count == 0 ? "{}"u8 : "}"u8);
    }

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
