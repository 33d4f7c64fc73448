namespace Sandbox.Components.DataPools;

/// <summary>What the names of data pools have in common: how upstream names what is made from several.</summary>
internal static class CommonPrefix
{
    /// <summary>The longest common beginning of the files' names without their extension; may be empty.</summary>
    public static string Of(IEnumerable<string> paths)
    {
        var names = paths.Select(p => Path.GetFileNameWithoutExtension(p)).ToList();
        var prefix = names[0];
        foreach (var name in names)
        {
            prefix = prefix[..prefix.AsSpan().CommonPrefixLength(name)];
        }

        // Half of a character beyond the basic plane is no prefix.
        return prefix.Length > 0 && char.IsHighSurrogate(prefix[^1]) ? prefix[..^1] : prefix;
    }

    /// <summary>The prefix, or upstream's name where there is none.</summary>
    public static string OrDefault(string prefix) => prefix is "" or "_" ? "default_prefix" : prefix;
}
