using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Rows;
using Sandbox.Workflows.Inspection;

namespace Sandbox.Server.Data;

/// <summary>Which rows are asked for.</summary>
/// <param name="Operator">Only rows that this operator did something to, by its place; null for any.</param>
/// <param name="Kind">Only rows that were <c>dropped</c> or <c>changed</c>, or that an operator failed on (<c>error</c>); null
/// for all rows.</param>
/// <param name="Skip">How many of them are passed over.</param>
/// <param name="Take">How many are wanted.</param>
internal sealed record RowQuery(int? Operator, string? Kind, int Skip, int Take);

/// <summary>A row before, and what became of it.</summary>
/// <param name="Number">Place among the rows of the input, from 1.</param>
/// <param name="Place">File and line; null where the input cannot be read any more.</param>
/// <param name="Text">The text before.</param>
/// <param name="Fields">Its other fields.</param>
/// <param name="Events">What the run recorded of it.</param>
/// <param name="Steps">What each operator does to it, seen by running them on this row again.</param>
internal sealed record SampledRow(
    long Number, string? Place, string? Text, JsonObject? Fields, IReadOnlyList<RecordedEvent> Events, IReadOnlyList<ReplayedStep> Steps);

/// <summary>A page of rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Total">How many fit; null where it is not known.</param>
/// <param name="Notes">What could not be shown, and why.</param>
internal sealed record RowPage(IReadOnlyList<SampledRow> Rows, long? Total, IReadOnlyList<string> Notes);

/// <summary>Shows rows of a data set before and after a recipe: which operator dropped or changed them stands in the run's
/// trace; why is seen by taking the row through the recipe again.</summary>
internal sealed class RowSamples(DataStep step, JobRemains remains, string currentDirectory)
{
    private const string TraceName = "trace.jsonl";
    private const int MostText = 20_000;
    private readonly List<string> _notes = [];

    public async Task<RowPage> ReadAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var trace = remains.Scratch is null ? null : Path.Combine(remains.Scratch, TraceName);
        if (!File.Exists(trace))
        {
            trace = null;
            _notes.Add("The trace of this job is not kept any more: its attempt was cleaned away, or another engine ran the recipe.");
        }

        var (numbers, total) = await NumbersAsync(trace, query, cancellationToken);
        var events = await EventsAsync(trace, numbers, cancellationToken);
        var rows = await RowsAsync(numbers, cancellationToken);
        var replay = rows.Count > 0 ? Replay() : null;
        return new RowPage([.. numbers.Select(n => Sample(n, rows.GetValueOrDefault(n), events, replay))], total, _notes);
    }

    private async Task<(IReadOnlyList<long> Numbers, long? Total)> NumbersAsync(string? trace, RowQuery query, CancellationToken cancellationToken)
    {
        if (query is { Operator: null, Kind: null })
        {
            var rowsIn = step.Counts["rows_in"]?.GetValue<long>() ?? 0;
            return ([.. Enumerable.Range(1, query.Take).Select(i => (long)i + query.Skip).Where(n => n <= rowsIn)], rowsIn);
        }

        var (numbers, seen) = (new List<long>(), 0L);
        if (trace is not null)
        {
            await foreach (var found in RecordedTrace.ReadAsync(trace, cancellationToken))
            {
                if ((query.Operator is null || found.Position == query.Operator) && (query.Kind is null || found.Kind == query.Kind))
                {
                    if (seen++ >= query.Skip && numbers.Count < query.Take)
                    {
                        numbers.Add(found.Row);
                    }
                }
            }
        }

        return ([.. numbers.Distinct()], trace is null ? null : seen);
    }

    private static async Task<ILookup<long, RecordedEvent>> EventsAsync(string? trace, IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        var (wanted, events) = (numbers.ToHashSet(), new List<RecordedEvent>());
        if (trace is not null && wanted.Count > 0)
        {
            await foreach (var found in RecordedTrace.ReadAsync(trace, cancellationToken))
            {
                if (wanted.Contains(found.Row))
                {
                    events.Add(found);
                }
            }
        }

        return events.OrderBy(e => e.Position).ToLookup(e => e.Row);
    }

    // Streamed as far as the last row that is wanted.
    private async Task<Dictionary<long, Row>> RowsAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<long, Row>();
        if (numbers.Count == 0 || Recipe() is not { } recipe)
        {
            return rows;
        }

        try
        {
            var (wanted, last) = (numbers.ToHashSet(), numbers.Max());
            var reader = DatasetReader.Open(recipe.Sources.Paths, new RecordedFiles(remains.Reads, currentDirectory), recipe.Settings.Suffixes);
            await foreach (var row in reader.ReadAsync(_ => { }, cancellationToken))
            {
                if (wanted.Contains(row.Number))
                {
                    rows[row.Number] = row.Copy();
                }

                if (row.Number >= last)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is JobFailedException or IOException or UnauthorizedAccessException)
        {
            _notes.Add($"The rows cannot be shown: {e.Message}");
        }

        return rows;
    }

    private Recipe? Recipe()
    {
        try
        {
            var recipe = step.Recipe is null ? null : Core.Recipes.Recipe.Parse(step.Recipe);
            if (recipe is { Sources.MaxSampleNum: not null } or { Settings.SampleBy: "document" })
            {
                _notes.Add("The rows were sampled, or are whole documents: the trace's numbers do not lead back to them.");
                return null;
            }

            return recipe;
        }
        catch (FaultException e)
        {
            _notes.Add($"The recipe cannot be read: {e.Message}");
            return null;
        }
    }

    private RowReplay? Replay()
    {
        try
        {
            return RowReplay.Of(Core.Recipes.Recipe.Parse(step.Recipe!));
        }
        catch (Exception e) when (e is FaultException or JobFailedException or IOException)
        {
            _notes.Add($"Rows cannot be taken through the recipe again: {e.Message}");
            return null;
        }
    }

    private static SampledRow Sample(long number, Row? row, ILookup<long, RecordedEvent> events, RowReplay? replay)
    {
        if (row is null)
        {
            return new SampledRow(number, null, null, null, [.. events[number]], []);
        }

        var textKey = replay?.TextKey ?? "text";
        var text = Short(row.GetText(textKey));
        var fields = row.ToJson();
        fields.Remove(textKey);
        var place = FormattableString.Invariant($"{row.File}:{row.Line}");
        var steps = replay?.Run(row).Select(s => s with { Text = Short(s.Text) });
        return new SampledRow(number, place, text, fields, [.. events[number]], [.. steps ?? []]);
    }

    private static string? Short(string? text) => text is { Length: > MostText } ? text[..MostText] + " …" : text;
}
