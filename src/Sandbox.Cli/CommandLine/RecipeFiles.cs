using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;

namespace Sandbox.Cli.CommandLine;

/// <summary>Reads recipes for the commands that take one.</summary>
internal static class RecipeFiles
{
    /// <summary>The recipe, or null with its faults.</summary>
    public static Recipe? Read(string path, out IReadOnlyList<Fault> faults)
    {
        var found = new List<Fault>();
        faults = found;
        if (!File.Exists(path))
        {
            found.Add(new Fault(null, $"{path} does not exist."));
            return null;
        }

        var node = ConfigParser.Parse(File.ReadAllBytes(path), path, found);
        if (found.Count > 0)
        {
            return null;
        }

        if (node?.ToJson() is not JsonObject source)
        {
            found.Add(new Fault(new SourceLocation(path, 1, 1), "a recipe is a mapping of options."));
            return null;
        }

        var options = new List<OptionFault>();
        var recipe = Recipe.Parse(source, options);
        found.AddRange(options.Select(f => new Fault(
            DottedPlace.Of(node, f.Key) ?? new SourceLocation(path, 0, 0), f.Key.Length == 0 ? f.Message : $"{f.Key}: {f.Message}")));
        return found.Count == 0 ? recipe : null;
    }
}

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
