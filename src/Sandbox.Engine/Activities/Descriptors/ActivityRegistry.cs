using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Activities;

/// <summary>The activity types that exist. Filled at start-up, only read afterwards.</summary>
public sealed class ActivityRegistry
{
    private readonly Dictionary<(string Type, int Version), Entry> _entries = [];
    private readonly List<ActivityDescriptor> _all = [];

    /// <summary>All descriptors, in the order in which they were added.</summary>
    public IReadOnlyCollection<ActivityDescriptor> All => _all;

    /// <summary>Adds an activity type.</summary>
    /// <param name="descriptor">What it is.</param>
    /// <param name="create">Makes its behaviour; called once, when it is first used.</param>
    /// <exception cref="ArgumentException">This type and version exist already.</exception>
    public void Add(ActivityDescriptor descriptor, Func<IActivity> create)
    {
        var entry = new Entry(descriptor, new Lazy<IActivity>(create));
        if (!_entries.TryAdd((descriptor.TypeName, descriptor.Version), entry))
        {
            throw new ArgumentException(
                $"The activity type {descriptor.TypeName} version {descriptor.Version} is registered twice.", nameof(descriptor));
        }

        _all.Add(descriptor);
    }

    /// <summary>The descriptor of a type and version, or null.</summary>
    public ActivityDescriptor? Find(string typeName, int version) =>
        _entries.TryGetValue((typeName, version), out var entry) ? entry.Descriptor : null;

    /// <summary>The behaviour of an activity.</summary>
    /// <exception cref="DefinitionFormatException">Its type and version do not exist.</exception>
    public IActivity Resolve(string typeName, int version) =>
        _entries.TryGetValue((typeName, version), out var entry)
            ? entry.Behaviour.Value
            : throw new DefinitionFormatException($"The activity type {typeName} version {version} does not exist.");

    private sealed record Entry(ActivityDescriptor Descriptor, Lazy<IActivity> Behaviour);
}
