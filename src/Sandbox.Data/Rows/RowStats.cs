using System.Text.Json.Nodes;

namespace Sandbox.Data.Rows;

/// <summary>The statistics of one row. A statistic that is there already is never computed again.</summary>
public sealed class RowStats
{
    private const int Usual = 8;

    // Rows mostly have the same statistics, measured in the same order: the places in ordinal order are kept by the thread.
    [ThreadStatic]
    private static (string[] Keys, int[] Order)? _lastOrder;

    // A row has a handful of statistics: a list is faster than a dictionary.
    private readonly List<(string Key, StatValue Value)> _values = new(Usual);

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>All of them in ordinal order of their keys, as upstream writes them.</summary>
    public IEnumerable<KeyValuePair<string, StatValue>> Values =>
        Order().Select(i => KeyValuePair.Create(_values[i].Key, _values[i].Value));

    internal IReadOnlyList<(string Key, StatValue Value)> AsSet => _values;

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

    /// <summary>Adds a statistic that is not there yet.</summary>
    internal void AddNew(string key, StatValue value) => _values.Add((key, value));

    /// <summary>All of them as JSON, keys in ordinal order as upstream writes them.</summary>
    public JsonObject ToJson() => new(Values.Select(v => KeyValuePair.Create(v.Key, v.Value.ToNode())));

    internal void Write(PooledBuffer target, bool rounded)
    {
        var separator = "{"u8;
        foreach (var place in Order())
        {
            var (key, value) = _values[place];
            target.Write(separator);
            target.Write(PropertyNames.Of(key));
            value.Write(target, rounded);
            separator = ","u8;
        }

        target.Write(_values.Count == 0 ? "{}"u8 : "}"u8);
    }

    private int[] Order()
    {
        if (_lastOrder is { } last && HasKeys(last.Keys))
        {
            return last.Order;
        }

        var order = Enumerable.Range(0, _values.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(_values[a].Key, _values[b].Key));
        _lastOrder = ([.. _values.Select(v => v.Key)], order);
        return order;
    }

    private bool HasKeys(string[] keys)
    {
        if (keys.Length != _values.Count)
        {
            return false;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (!string.Equals(keys[i], _values[i].Key, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
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
