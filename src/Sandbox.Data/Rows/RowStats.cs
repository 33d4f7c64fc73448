using System.Text.Json.Nodes;

namespace Sandbox.Data.Rows;

/// <summary>The statistics of one row. A statistic that is there already is never computed again.</summary>
public sealed class RowStats
{
    private const int Usual = 8;

    // Rows mostly have the same statistics, measured in the same order: the places in ordinal order are kept by the thread.
    [ThreadStatic]
    private static (string[] Keys, int[] Order)? _lastOrder;

    // A row has a handful of statistics: looking through them is faster than a dictionary.
    private (string Key, StatValue Value)[] _values = new (string Key, StatValue Value)[Usual];
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>All of them in ordinal order of their keys, as upstream writes them.</summary>
    public IEnumerable<KeyValuePair<string, StatValue>> Values =>
        Order().Select(i => KeyValuePair.Create(_values[i].Key, _values[i].Value));

    internal ReadOnlySpan<(string Key, StatValue Value)> AsSet => _values.AsSpan(0, _count);

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

        AddNew(key, value);
    }

    /// <summary>Adds a statistic that is not there yet.</summary>
    internal void AddNew(string key, StatValue value)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count++] = (key, value);
    }

    /// <summary>All of them as JSON, keys in ordinal order as upstream writes them.</summary>
    public JsonObject ToJson() => new(Values.Select(v => KeyValuePair.Create(v.Key, v.Value.ToNode())));

    internal void Write(PooledBuffer target, bool rounded)
    {
        if (_count == 0)
        {
            target.Write("{}"u8);
            return;
        }

        var separator = (byte)'{';
        foreach (var place in Order())
        {
            ref readonly var item = ref _values[place];
            var name = PropertyNames.Of(item.Key);
            var span = target.GetSpan(name.Length + 1);
            span[0] = separator;
            name.CopyTo(span[1..]);
            target.Advance(name.Length + 1);
            item.Value.Write(target, rounded);
            separator = (byte)',';
        }

        target.Write("}"u8);
    }

    private int[] Order()
    {
        if (_lastOrder is { } last && HasKeys(last.Keys))
        {
            return last.Order;
        }

        var order = Enumerable.Range(0, _count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(_values[a].Key, _values[b].Key));
        _lastOrder = ([.. _values.Take(_count).Select(v => v.Key)], order);
        return order;
    }

    private bool HasKeys(string[] keys)
    {
        if (keys.Length != _count)
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
        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_values[i].Key, key) || string.Equals(_values[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
