namespace Sandbox.Server.Live;

/// <summary>Who listens to which instances, and what was told of each last.</summary>
internal sealed class Observers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _byConnection = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset?> _told = new(StringComparer.Ordinal);

    public void Add(string connectionId, string instanceId)
    {
        lock (_lock)
        {
            if (!_byConnection.TryGetValue(connectionId, out var instances))
            {
                _byConnection[connectionId] = instances = new HashSet<string>(StringComparer.Ordinal);
            }

            instances.Add(instanceId);

            // Whoever comes may have missed something since it loaded its page.
            _told[instanceId] = null;
        }
    }

    public void Remove(string connectionId)
    {
        lock (_lock)
        {
            _byConnection.Remove(connectionId);
            var observed = _byConnection.Values.SelectMany(i => i).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _told.Keys.Where(i => !observed.Contains(i)).ToList())
            {
                _told.Remove(gone);
            }
        }
    }

    /// <summary>The instances that somebody listens to.</summary>
    public IReadOnlyList<string> Observed()
    {
        lock (_lock)
        {
            return [.. _told.Keys];
        }
    }

    /// <summary>Notes how far an instance is; false where that was told already.</summary>
    public bool Note(string instanceId, DateTimeOffset updatedAt)
    {
        lock (_lock)
        {
            if (!_told.TryGetValue(instanceId, out var told) || told == updatedAt)
            {
                return false;
            }

            _told[instanceId] = updatedAt;
            return true;
        }
    }
}
