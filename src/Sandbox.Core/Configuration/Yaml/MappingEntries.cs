using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>The entries of a mapping while it is read: refuses keys given twice and applies merge keys.</summary>
internal sealed class MappingEntries(ICollection<Fault> faults)
{
    private readonly Dictionary<string, ConfigEntry> _own = new(StringComparer.Ordinal);
    private readonly List<ConfigEntry> _entries = [];
    private readonly List<ConfigMapping> _merged = [];

    /// <summary>Adds an entry; of a key given twice the first stays.</summary>
    public void Add(ConfigEntry entry)
    {
        if (_own.TryAdd(entry.Key, entry))
        {
            _entries.Add(entry);
            return;
        }

        var first = _own[entry.Key].KeyLocation;
        var where = first.Line > 0 ? $" (first in line {first.Line})" : string.Empty;
        faults.Add(new Fault(entry.KeyLocation, $"the key \"{entry.Key}\" is given twice{where}: remove one of them."));
    }

    /// <summary>Takes the value of <c>&lt;&lt;</c>: a mapping or a list of mappings.</summary>
    public void Merge(ConfigNode value)
    {
        IReadOnlyList<ConfigNode> sources = value is ConfigSequence list ? list.Items : [value];
        foreach (var source in sources)
        {
            if (source is ConfigMapping mapping)
            {
                _merged.Add(mapping);
            }
            else
            {
                faults.Add(new Fault(value.Location, $"\"<<\" merges a mapping or a list of mappings, not {source.Noun}."));
            }
        }
    }

    /// <summary>Own entries, then merged ones that no earlier entry has given.</summary>
    public IReadOnlyList<ConfigEntry> ToList()
    {
        foreach (var entry in _merged.SelectMany(m => m.Entries))
        {
            if (_own.TryAdd(entry.Key, entry))
            {
                _entries.Add(entry);
            }
        }

        return _entries;
    }
}
