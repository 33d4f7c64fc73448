using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>
/// Applies overrides to the tree before it is read. A part of a key is a key of a mapping, the number of a list item, the
/// only key of a list item (a pipeline, an operator), or the meta name of a job; a file that a part leads into is taken
/// in, so that the override reaches it.
/// </summary>
internal sealed class OverrideApplier(SourceFiles sources, IReadOnlyList<Stage> stages, Findings findings)
{
    private readonly string[] _stageKeys = [.. stages.Select(s => s.ConfigKey)];

    public ConfigMapping Apply(ConfigMapping root, IReadOnlyList<ConfigOverride> overrides)
    {
        foreach (var item in overrides)
        {
            if (Target(root, item) is { } parts && Set(root, parts, 0, item.Value) is ConfigMapping changed)
            {
                root = changed;
            }
        }

        return root;
    }

    /// <summary>Applies overrides to a recipe: a key of it, or the name of one of its operators.</summary>
    public ConfigMapping ApplyToRecipe(ConfigMapping recipe, IReadOnlyList<ConfigOverride> overrides, IReadOnlyCollection<string> keys)
    {
        foreach (var item in overrides)
        {
            var first = item.Key[0];
            var isOperator = recipe.Find("process")?.Value is { } process && Child(process, first).Node is not null;
            if (keys.Contains(first) || isOperator)
            {
                IReadOnlyList<string> parts = keys.Contains(first) ? item.Key : ["process", .. item.Key];
                recipe = Set(recipe, parts, 0, item.Value) as ConfigMapping ?? recipe;
            }
            else
            {
                findings.Error(item.Value.Location, $"a recipe has no key \"{first}\", and this one no operator of that name.{Suggestion.For(first, keys)}");
            }
        }

        return recipe;
    }

    /// <summary>The key from the root of the file: <c>pipeline.meta_name.…</c> is written out.</summary>
    private IReadOnlyList<string>? Target(ConfigMapping root, ConfigOverride item)
    {
        var first = item.Key[0];
        if (_stageKeys.Contains(first, StringComparer.Ordinal))
        {
            return item.Key;
        }

        if (first == "pipelines" && item.Key.Count > 2)
        {
            var named = int.TryParse(item.Key[1], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? 3 : 2;
            return [.. item.Key.Take(named), .. InPipeline(root, [.. item.Key.Take(named)], [.. item.Key.Skip(named)])];
        }

        if (ConfigKeys.Settings.Contains(first, StringComparer.Ordinal))
        {
            return item.Key;
        }

        if (first == PipelineReader.Anonymous && root.Find("pipelines") is null && item.Key.Count > 1)
        {
            return InPipeline(root, [], [.. item.Key.Skip(1)]);
        }

        if (root.Find("pipelines") is { } pipelines && Child(pipelines.Value, first).Node is not null && item.Key.Count > 1)
        {
            return ["pipelines", first, .. InPipeline(root, ["pipelines", first], [.. item.Key.Skip(1)])];
        }

        findings.Error(
            item.Value.Location,
            $"there is no key and no pipeline \"{first}\".{Suggestion.For(first, ConfigKeys.Settings.Concat(_stageKeys))}");
        return null;
    }

    // A meta name right below a pipeline stands for the stage and place of its first job.
    private IReadOnlyList<string> InPipeline(ConfigMapping root, IReadOnlyList<string> above, IReadOnlyList<string> rest)
    {
        ConfigNode? pipeline = root;
        foreach (var part in above)
        {
            pipeline = pipeline is null ? null : Child(pipeline, part).Node;
        }

        if (pipeline is not ConfigMapping map || rest.Count == 0 || map.Find(rest[0]) is not null)
        {
            return rest;
        }

        var stage = Array.Find(_stageKeys, key => map.Find(key)?.Value is ConfigSequence jobs && IndexOf(jobs, rest[0]) >= 0);
        return stage is null ? rest : [stage, .. rest];
    }

    private ConfigNode? Set(ConfigNode node, IReadOnlyList<string> parts, int depth, ConfigNode value)
    {
        if (depth == parts.Count)
        {
            return value;
        }

        var part = parts[depth];
        switch (Opened(node, value.Location))
        {
            case ConfigMapping map:
                var old = map.Find(part);
                var inner = Set(old?.Value ?? Nothing(value), parts, depth + 1, value);
                return inner is null ? null : With(map, old, new ConfigEntry(part, old?.KeyLocation ?? value.Location, inner));
            case ConfigSequence list when IndexOf(list, part) is >= 0 and var index:
                // The only key of an item is a level of its own; a number or a meta name is the item.
                var isKey = Opened(list.Items[index], value.Location) is ConfigMapping { Entries: [var only] } && only.Key == part;
                var item = Set(list.Items[index], parts, isKey ? depth : depth + 1, value);
                return item is null ? null : new ConfigSequence(list.Location, [.. list.Items.Select((old, i) => i == index ? item : old)]);
            case ConfigScalar { IsNull: true }:
                var made = Set(Nothing(value), parts, depth + 1, value);
                return made is null ? null : new ConfigMapping(value.Location, [new ConfigEntry(part, value.Location, made)]);
            case ConfigSequence list:
                findings.Error(
                    value.Location, $"\"{part}\" is none of the {list.Items.Count} items of the list at {list.Location}: write a number from 0, or a name.");
                return null;
            case null:
                return null;
            case { } scalar:
                findings.Error(value.Location, $"\"{part}\" cannot be set: {scalar.Location} is {scalar.Noun}.");
                return null;
        }
    }

    private ConfigNode? Opened(ConfigNode node, SourceLocation at) =>
        node is ConfigScalar { Kind: ScalarKind.Text } path && SourceFiles.IsConfigPath(path.Text)
            ? sources.Load(path.Text, at, "config file")
            : node;

    private (ConfigNode? Node, int Index) Child(ConfigNode node, string part) => node switch
    {
        ConfigMapping map => (map.Find(part)?.Value, -1),
        ConfigSequence list when IndexOf(list, part) is >= 0 and var index =>
            (list.Items[index] is ConfigMapping { Entries: [var only] } && only.Key == part ? only.Value : list.Items[index], index),
        _ => (null, -1),
    };

    private int IndexOf(ConfigSequence list, string part)
    {
        if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number < list.Items.Count ? number : -1;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is ConfigMapping map
                && ((map.Entries is [var only] && only.Key == part)
                    || (map.Find("meta_name")?.Value as ConfigScalar)?.Text == part))
            {
                return i;
            }
        }

        return -1;
    }

    private static ConfigScalar Nothing(ConfigNode value) => ScalarResolver.Plain(value.Location, string.Empty);

    private static ConfigMapping With(ConfigMapping map, ConfigEntry? old, ConfigEntry entry) =>
        new(map.Location, old is null ? [.. map.Entries, entry] : [.. map.Entries.Select(e => ReferenceEquals(e, old) ? entry : e)]);
}
