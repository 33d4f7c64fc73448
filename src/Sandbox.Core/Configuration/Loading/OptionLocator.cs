using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Finds the place of an option from its dotted key: in <c>local</c>, in the config or the file that it comes
/// from, or in <c>input</c>.</summary>
internal static class OptionLocator
{
    /// <summary>The place of a key that starts with <c>dj_configs</c> or <c>extra_configs</c>, or is one of the job's own.</summary>
    public static SourceLocation Locate(JobDraft job, ConfigSlot dj, ConfigSlot extra, string key) => key.Split('.', '[')[0] switch
    {
        ConfigKeys.DjConfigs => Locate(job, dj, key),
        ConfigKeys.ExtraConfigs => Locate(job, extra, key),
        "hook" => job.Hook!.Location,
        var own => job.Node.Find(own)?.KeyLocation ?? job.Hook!.Location,
    };

    public static SourceLocation Locate(JobDraft job, ConfigSlot slot, string dottedKey)
    {
        var key = Plain(dottedKey);
        if (Covering(job.Locals, key) is { } local)
        {
            var inLocal = Descend(local.Value, Rest(key, local.Key));
            return inLocal.IsComplete && inLocal.Place is { } at ? at : local.KeyLocation;
        }

        if (slot.Tree is not null && Descend(slot.Tree, Rest(key, slot.Key)) is { IsComplete: true, Place: { } place })
        {
            return place;
        }

        return Covering(job.Inputs, key)?.KeyLocation ?? Container(slot, key);
    }

    /// <summary>The place of one text in the list that the key means; null where it means no list with that text.</summary>
    public static SourceLocation? LocateText(JobDraft job, ConfigSlot slot, string dottedKey, string text)
    {
        var key = Plain(dottedKey);
        var local = Covering(job.Locals, key);
        var (root, rest) = local is null ? (slot.Tree, Rest(key, slot.Key)) : (local.Value, Rest(key, local.Key));
        return root is not null && Descend(root, rest) is { IsComplete: true, Node: ConfigSequence list }
            ? list.Items.FirstOrDefault(i => i is ConfigScalar scalar && scalar.Text == text)?.Location
            : null;
    }

    private static string Plain(string key) =>
        key.Replace("[", ".", StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal);

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
        var inner = Descend(slot.Tree, Rest(key, slot.Key));
        return inner.Place ?? (slot.Reference?.Path is null ? slot.Location : slot.Tree.Location);
    }

    private static string Rest(string key, string prefix) => key.Length > prefix.Length ? key[(prefix.Length + 1)..] : string.Empty;

    // The deepest part of the key that exists; no place where not even the first does.
    private static (ConfigNode Node, SourceLocation? Place, bool IsComplete) Descend(ConfigNode node, string key)
    {
        SourceLocation? place = null;
        while (key.Length > 0)
        {
            var (child, at, used) = Step(node, key);
            if (child is null)
            {
                return (node, place, false);
            }

            (node, place) = (child, at);
            key = key.Length > used ? key[(used + 1)..] : string.Empty;
        }

        return (node, place, true);
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
