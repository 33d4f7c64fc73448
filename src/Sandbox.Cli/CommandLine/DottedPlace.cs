using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.CommandLine;

/// <summary>Finds where a dotted key stands in a file.</summary>
internal static class DottedPlace
{
    /// <summary>The place of the deepest part of the key that the file has; <c>list[0]</c> and <c>list.0</c> lead into lists.</summary>
    public static SourceLocation? Of(ConfigNode node, string key)
    {
        SourceLocation? place = null;
        foreach (var part in key.Replace("[", ".", StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal).Split('.'))
        {
            switch (node)
            {
                case ConfigMapping map when map.Find(part) is { } entry:
                    (place, node) = (entry.KeyLocation, entry.Value);
                    break;
                case ConfigSequence list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count:
                    (place, node) = (list.Items[index].Location, list.Items[index]);
                    break;
                default:
                    return place;
            }
        }

        return place;
    }
}
