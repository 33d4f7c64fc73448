using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Operators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>The first rows that each operator dropped or changed, in upstream's files under <c>trace/</c>. An operator that
/// did nothing has none.</summary>
internal sealed class TraceFolder
{
    private readonly Recipe _recipe;
    private readonly Dictionary<int, OperatorTrace> _operators;

    private TraceFolder(Recipe recipe, RecipePlan plan)
    {
        var wanted = recipe.Settings.OpListToTrace;
        _recipe = recipe;
        _operators = plan.Operators
            .Where(o => wanted.Count == 0 || wanted.Contains(o.Descriptor.Name, StringComparer.Ordinal))
            .ToDictionary(o => o.Slot, o => new OperatorTrace(o, recipe.Settings.TextKeys[0], recipe.Settings.TraceNum));
    }

    /// <summary>The folder, or null where it is not asked for.</summary>
    public static TraceFolder? Of(Recipe recipe, RecipePlan plan) => recipe.Settings.OpenTracer ? new TraceFolder(recipe, plan) : null;

    /// <summary>What is kept of an operator; null where nothing is.</summary>
    public OperatorTrace? For(int slot) => _operators.GetValueOrDefault(slot);

    /// <summary>The lines so far, by slot, for a checkpoint.</summary>
    public JsonObject Save() => new(_operators.Where(o => o.Value.Lines.Count > 0).Select(o => KeyValuePair.Create(
        o.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)new JsonArray([.. o.Value.Lines.Select(l => l.DeepClone())]))));

    /// <summary>Takes the lines of a checkpoint back.</summary>
    public void Restore(JsonObject saved)
    {
        foreach (var (slot, lines) in saved)
        {
            var trace = For(int.Parse(slot, System.Globalization.CultureInfo.InvariantCulture));
            lines!.AsArray().ToList().ForEach(line => trace?.Take((JsonObject)line!.DeepClone()));
        }
    }

    /// <summary>Takes what a batch has, in the order of the rows.</summary>
    public void Take(WorkBatch batch)
    {
        foreach (var (slot, line) in batch.Traced)
        {
            _operators[slot].Take(line);
        }

        batch.Traced.Clear();
    }

    /// <summary>Writes the files.</summary>
    public async Task WriteAsync(IJobFiles files, CancellationToken cancellationToken)
    {
        foreach (var trace in _operators.Values.Where(t => t.Lines.Count > 0))
        {
            var path = files.ResolveWrite(Path.Combine(_recipe.WorkDirectory, "trace", trace.FileName));
            var file = new AtomicFile(path);
            await using (file)
            {
                foreach (var line in trace.Lines)
                {
                    await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(line, RowWriter.Relaxed), cancellationToken);
                    await file.WriteAsync("\n"u8.ToArray(), cancellationToken);
                }

                await file.CommitAsync(cancellationToken);
            }
        }
    }
}

/// <summary>What is kept of one operator.</summary>
internal sealed class OperatorTrace(PlannedOperator planned, string textKey, int wanted)
{
    private readonly string _textKey = planned.Config.Arguments["text_key"]?.ToString() ?? textKey;
    private readonly IReadOnlyList<string> _statistics =
        [.. planned.Descriptor.Statistics.Select(s => planned.Config.Arguments[s]?.ToString() ?? s)];

    private readonly List<JsonObject> _lines = [];

    public IReadOnlyList<JsonObject> Lines => _lines;

    /// <summary>Whether all that is wanted is there; asked by several threads, for which late is early enough.</summary>
    public bool IsFull => _lines.Count >= wanted;

    /// <summary>How many lines are wanted.</summary>
    public int Wanted => wanted;

    public string FileName => planned.Descriptor.Kind switch
    {
        OperatorKind.Filter or OperatorKind.Selector => "filter-",
        OperatorKind.Deduplicator => "duplicate-",
        _ => "mapper-",
    } + planned.Descriptor.Name + ".jsonl";

    public void Take(JsonObject line)
    {
        if (!IsFull)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The text before an operator that may change it; null for one that does not.</summary>
    public string? Before(Row row) => planned.Descriptor.Kind == OperatorKind.Mapper && !IsFull ? row.GetText(_textKey) : null;

    /// <summary>The line for two rows that are alike.</summary>
    public static JsonObject Pair(JsonObject first, JsonObject second) => new() { ["dup1"] = first, ["dup2"] = second };

    /// <summary>A row with its statistics.</summary>
    public static JsonObject Whole(Row row)
    {
        var json = row.ToJson();
        if (row.Stats.Count > 0)
        {
            json[ColumnNames.Stats] = row.Stats.ToJson();
        }

        return json;
    }

    /// <summary>The line for a row that became others.</summary>
    public JsonObject Parts(string before, IReadOnlyList<Row> parts) => new()
    {
        ["original text"] = before,
        ["processed_text"] = new JsonArray([.. parts.Select(p => (JsonNode?)p.GetText(_textKey))]),
    };

    /// <summary>The line for a row, or null where nothing is to be told.</summary>
    public JsonObject? Line(Row row, RowOutcome outcome, string? before) => (planned.Descriptor.Kind, outcome) switch
    {
        (OperatorKind.Filter, RowOutcome.Dropped) => Dropped(row),
        (OperatorKind.Mapper, RowOutcome.Changed) when before is not null => new JsonObject
        {
            ["original text"] = before,
            ["processed_text"] = row.GetText(_textKey),
        },
        _ => null,
    };

    // As it was before the filter, without what that measured.
    private JsonObject Dropped(Row row)
    {
        var line = row.ToJson();
        var stats = row.Stats.ToJson();
        foreach (var statistic in _statistics)
        {
            stats.Remove(statistic);
        }

        line[ColumnNames.Stats] = stats;
        return line;
    }
}
