using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Recipes;

/// <summary>A Data-Juicer recipe: what to read, which operators to run, what to write.</summary>
public sealed class Recipe
{
    private static readonly string[] KnownBeside = ["process", .. RecipeKeys.Ignored];
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All keys that a recipe may have.</summary>
    public static IReadOnlyCollection<string> Keys { get; } =
        [.. OptionsBinder.Describe(typeof(RecipeSettings)).Select(o => o.Name), .. KnownBeside];

    private Recipe(JsonObject source, RecipeSettings settings, RecipeSources sources, IReadOnlyList<OperatorConfig> process) =>
        (Source, Settings, Sources, Process) = (source, settings, sources, process);

    /// <summary>What the user wrote, keys in their order. Not to be changed: see <see cref="With"/>.</summary>
    public JsonObject Source { get; }

    /// <summary>The keys that the embedded engine acts on.</summary>
    public RecipeSettings Settings { get; }

    /// <summary>The data sets that it reads.</summary>
    public RecipeSources Sources { get; }

    /// <summary>The directory of <c>analysis/</c>, <c>trace/</c> and <c>monitor/</c>, as written.</summary>
    public string WorkDirectory => Settings.WorkDir ?? Path.GetDirectoryName(Settings.ExportPath) ?? string.Empty;

    /// <summary>The operators in the order in which they run.</summary>
    public IReadOnlyList<OperatorConfig> Process { get; }

    /// <summary>Keys that are set but only matter to the Python engine.</summary>
    public IReadOnlyList<string> IgnoredKeys =>
        [.. Source.Where(p => p.Value is not null).Select(p => p.Key).Where(k => RecipeKeys.Ignored.Contains(k, StringComparer.Ordinal))];

    /// <summary>Keys that are set and that only the real Data-Juicer can act on, each with what to do instead.</summary>
    public IReadOnlyList<OptionFault> OnlyUpstream =>
        [.. RecipeKeys.NotYet
            .Where(k => Source[k.Key] is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
            .Select(k => new OptionFault(k.Key, $"is not understood by the embedded engine: {k.Instead}, not {Source[k.Key]!.ToJsonString()}."))];

    /// <summary>Reads a recipe, or throws with all that is wrong in its shape. Operators and their arguments are not
    /// looked at: the data engine knows those.</summary>
    /// <exception cref="FaultException">One fault or more.</exception>
    public static Recipe Parse(JsonObject source)
    {
        var faults = new List<OptionFault>();
        var recipe = Parse(source, faults);
        return faults.Count == 0
            ? recipe
            : throw new FaultException([.. faults.Select(f => new Fault(null, $"{f.Key}: {f.Message}"))]);
    }

    /// <summary>Reads a recipe and collects what is wrong in its shape; what is wrong is left out of the result.</summary>
    public static Recipe Parse(JsonObject source, ICollection<OptionFault> faults)
    {
        var copy = (JsonObject)source.DeepClone();
        var settings = (RecipeSettings)OptionsBinder.Bind(typeof(RecipeSettings), copy, faults, KnownBeside);
        CheckSettings(settings, faults);
        return new Recipe(copy, settings, RecipeSources.Of(settings, faults), ReadProcess(copy["process"], faults));
    }

    /// <summary>A copy with one key set to a value, at its place or, where new, at the end.</summary>
    public Recipe With(string key, JsonNode? value)
    {
        var copy = (JsonObject)Source.DeepClone();
        copy[key] = value?.DeepClone();
        return Parse(copy);
    }

    /// <summary>The recipe as YAML, keys in the user's order; numbers read back as the same numbers in any reader.</summary>
    public string ToYaml() => YamlText.Write(RecipeNumbers.Normalize(Source));

    /// <summary>The recipe as indented JSON, keys in the user's order.</summary>
    public string ToJson() => Source.ToJsonString(Indented) + "\n";

    private static void CheckSettings(RecipeSettings settings, ICollection<OptionFault> faults)
    {
        foreach (var percentile in settings.Percentiles.Where(p => p is not (>= 0 and <= 1)))
        {
            faults.Add(new OptionFault("percentiles", FormattableString.Invariant($"a percentile lies between 0 and 1, not {percentile}.")));
        }

        if (settings.TextKeys.Count == 0)
        {
            faults.Add(new OptionFault("text_keys", "names no field: give the field that holds the text."));
        }
    }

    private static IReadOnlyList<OperatorConfig> ReadProcess(JsonNode? process, ICollection<OptionFault> faults)
    {
        if (process is not JsonArray list)
        {
            if (process is not null)
            {
                faults.Add(new OptionFault("process", "must be a list of operators, each a name with its arguments."));
            }

            return [];
        }

        var operators = new List<OperatorConfig>();
        for (var position = 0; position < list.Count; position++)
        {
            if (ReadOperator(list[position], position, faults) is { } config)
            {
                operators.Add(config);
            }
        }

        return operators;
    }

    private static OperatorConfig? ReadOperator(JsonNode? entry, int position, ICollection<OptionFault> faults)
    {
        var key = FormattableString.Invariant($"process[{position}]");
        switch (entry)
        {
            case JsonValue value when value.TryGetValue(out string? name):
                return new OperatorConfig(name, [], position);
            case JsonObject { Count: 1 } map when map.First() is { Value: null or JsonObject } single:
                return new OperatorConfig(single.Key, (JsonObject?)single.Value?.DeepClone() ?? [], position);
            case JsonObject { Count: 1 } map:
                faults.Add(new OptionFault($"{key}.{map.First().Key}", "its arguments must be a mapping of names to values."));
                return null;
            default:
                faults.Add(new OptionFault(key, "must be one operator: a mapping with a single key, its name. Are its arguments indented deeper than the name?"));
                return null;
        }
    }
}
