using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Data.Assets;
using Sandbox.Data.FastText;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>Options of <c>language_id_score_filter</c>.</summary>
public sealed class LanguageIdOptions : FilterOptions, IValidatableOptions
{
    /// <summary>The languages to keep: a label, or a list of labels; nothing takes any.</summary>
    [Option("lang")]
    public JsonNode? Language { get; init; }

    /// <summary>Smallest probability.</summary>
    [Option("min_score")]
    public double? MinScore { get; init; } = 0.8;

    /// <summary>A supervised fastText model of your own; null takes <c>lid.176.bin</c> or <c>lid.176.ftz</c> of the folder of
    /// models, else the one that ships with this program.</summary>
    [Option("model", Path = PathAccess.Read)]
    public string? Model { get; init; }

    /// <summary>The labels asked for.</summary>
    internal IReadOnlySet<string> Languages => Language switch
    {
        JsonArray list => list.Select(n => n?.ToString() ?? string.Empty).ToHashSet(StringComparer.Ordinal),
        JsonValue value when value.ToString().Length > 0 => new HashSet<string>(StringComparer.Ordinal) { value.ToString() },
        _ => new HashSet<string>(StringComparer.Ordinal),
    };

    /// <summary>The file of the model; null for the one that ships with the program.</summary>
    internal string? ModelPath => Model ?? ModelFiles.Find("lid.176.bin", "lid.176.ftz");

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Language is not (null or JsonArray) && Language.GetValueKind() != System.Text.Json.JsonValueKind.String)
        {
            fault("lang", "is a label such as en, or a list of labels.");
        }

        if (ModelPath is { } path && (!File.Exists(path) || ModelFiles.FormatOf(path) != ModelFormat.FastText))
        {
            fault("model", $"\"{path}\" is no fastText model.");
        }
    }
}

/// <summary>Keeps texts of certain languages. Writes <c>lang</c> and <c>lang_score</c>.</summary>
internal sealed class LanguageIdFilter(string textKey, LanguageIdOptions options) : Filter
{
    private const string LanguageStatistic = "lang";
    private const string ScoreStatistic = "lang_score";
    private const string Prefix = "__label__";
    private readonly FastTextModel _model = Load(options.ModelPath);
    private readonly IReadOnlySet<string> _languages = options.Languages;
    private readonly ValueRange _range = new(options.MinScore, null, options.MinClosed, options.MaxClosed, options.Reversed);

    public static OperatorDescriptor Descriptor { get; } = new()
    {
        Name = "language_id_score_filter",
        Kind = OperatorKind.Filter,
        Summary = "Keeps texts of certain languages.",
        OptionsType = typeof(LanguageIdOptions),
        Statistics = [LanguageStatistic, ScoreStatistic],
        Create = (options, textKey) => new LanguageIdFilter(textKey, (LanguageIdOptions)options),
    };

    public override void Measure(Row row)
    {
        if (row.Stats.Contains(LanguageStatistic) && row.Stats.Contains(ScoreStatistic))
        {
            return;
        }

        // The model takes one line; upstream makes blanks of line feeds.
        var prediction = _model.PredictLine(TextField.Of(row, textKey).Lower.Text)
            ?? throw new OperatorException("the language model gives this text no label");
        row.Stats.Set(LanguageStatistic, StatValue.Of(prediction.Label.Replace(Prefix, string.Empty, StringComparison.Ordinal)));
        row.Stats.Set(ScoreStatistic, StatValue.Of((double)prediction.Probability));
    }

    public override bool Keep(Row row) =>
        (_languages.Count == 0 || (row.Stats.Find(LanguageStatistic)?.AsText is { } label && _languages.Contains(label)))
        && _range.Keeps(row.Stats.Find(ScoreStatistic)?.AsDouble ?? double.NaN);

    private static FastTextModel Load(string? path)
    {
        if (path is not null)
        {
            return SharedModels.Get(path, FastTextModel.Load);
        }

        return SharedModels.Get("lid.176.ftz", name =>
        {
            using var stream = typeof(LanguageIdFilter).Assembly.GetManifestResourceStream("Sandbox.Data.Assets.lid.176.ftz")
                ?? throw new JobFailedException("this build lacks its language model: set option model.");
            return FastTextModel.Load(stream, name);
        });
    }
}
