using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Finds the place of an option from its dotted key: in <c>local</c>, in the config or the file that it comes
/// from, or in <c>input</c>.</summary>
internal static class OptionLocator
{
    public static SourceLocation Locate(JobDraft job, ConfigSlot slot, string dottedKey)
    {
        var key = dottedKey.Replace("[", ".", StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal);
        if (Covering(job.Locals, key) is { } local)
        {
            return Descend(local.Value, Rest(key, local.Key), out var found) is { } place && found ? place : local.KeyLocation;
        }

        var inTree = slot.Tree is null ? null : Descend(slot.Tree, Rest(key, slot.Key), out var exact) is { } at && exact ? at : null;
        return inTree
            ?? Covering(job.Inputs, key)?.KeyLocation
            ?? Container(slot, key);
    }

    // The entry that sets the key or something that it is in; the longest, as the last to be applied.
    private static ConfigEntry? Covering(IReadOnlyList<ConfigEntry> entries, string key) => entries
        .Where(e => key == e.Key || key.StartsWith(e.Key + ".", StringComparison.Ordinal))
        .MaxBy(e => e.Key.Length);

    private static SourceLocation Container(ConfigSlot slot, string key)
    {
        if (slot.Tree is null)
        {
            return slot.Location;
        }

        // Something is missing in an inline mapping: its first key is a worse hint than the name of the whole.
        var inner = Descend(slot.Tree, Rest(key, slot.Key), out _);
        return inner ?? (slot.Reference?.Path is null ? slot.Location : slot.Tree.Location);
    }

    private static string Rest(string key, string prefix) => key.Length > prefix.Length ? key[(prefix.Length + 1)..] : string.Empty;

    /// <summary>The place of the deepest part of the key that exists; null where not even the first does.</summary>
    private static SourceLocation? Descend(ConfigNode node, string key, out bool isComplete)
    {
        SourceLocation? place = null;
        while (key.Length > 0)
        {
            var (child, at, used) = Step(node, key);
            if (child is null)
            {
                isComplete = false;
                return place;
            }

            (node, place) = (child, at);
            key = key.Length > used ? key[(used + 1)..] : string.Empty;
        }

        isComplete = true;
        return place;
    }

    private static (ConfigNode? Child, SourceLocation? At, int Used) Step(ConfigNode node, string key)
    {
        // The longest match first: keys may hold dots themselves.
        for (var end = key.Length; end > 0; end = key.LastIndexOf('.', end - 1))
        {
            var part = key[..end];
            if (node is ConfigMapping map && map.Find(part) is { } entry)
            {
                return (entry.Value, entry.KeyLocation, end);
            }

            if (node is ConfigSequence list
                && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < list.Items.Count)
            {
                return (list.Items[index], list.Items[index].Location, end);
            }
        }

        return (null, null, 0);
    }
}
