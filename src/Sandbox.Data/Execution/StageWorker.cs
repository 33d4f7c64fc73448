using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>What is done to a batch on one thread: parsing, the operators of a stage, writing.</summary>
internal sealed class StageWorker(RecipeSettings settings, TimeProvider time, bool addSuffix, bool readsLists, TraceFolder? folder)
{
    private const int ExportBytes = 1 << 18;
    private const int StatsBytes = 1 << 15;
    private readonly string[] _otherKeys = [.. settings.TextKeys.Skip(1)];
    private readonly string _textKey = settings.TextKeys[0];

    /// <summary>Parses the rows; those without text are left out.</summary>
    public WorkBatch Parse(RawBatch raw)
    {
        var batch = new WorkBatch { RawCount = raw.Rows.Count, BytesRead = raw.BytesRead, Rented = raw.Rented };
        var parser = new RowParser();
        for (var i = 0; i < raw.Rows.Count; i++)
        {
            var place = raw.Rows[i];
            var (row, problem) = parser.Parse(raw.Buffer.Slice(place.Start, place.Length));
            if (row is not null && ReadText(row) is { } fault)
            {
                (row, problem) = (null, fault);
            }

            if (row is null)
            {
                batch.Bad.Add(new BadRow(raw.File.Name, place.Line, problem!));
                continue;
            }

            (row.Number, row.File, row.Line) = (i + 1, raw.File.Name, place.Line);
            Admit(row, raw.File, batch);
        }

        return batch;
    }

    /// <summary>Runs the operators one after another over the rows of the batch.</summary>
    public WorkBatch Run(WorkBatch batch, IReadOnlyList<PlannedOperator> operators)
    {
        foreach (var planned in operators)
        {
            var tally = new OperatorTally { RowsIn = batch.Rows.Count };
            var started = time.GetTimestamp();
            if (planned.Operator is IRowSplitter splitter)
            {
                SplitAll(batch, planned.Slot, splitter, tally);
            }
            else
            {
                RunOne(batch, planned, tally);
            }

            tally.Elapsed = time.GetElapsedTime(started);
            batch.Tallies[planned.Slot] = tally;
        }

        return batch;
    }

    /// <summary>Writes the rows for the export and the file of statistics.</summary>
    public static WorkBatch Write(WorkBatch batch, RowShape? shape, bool withStats)
    {
        if (shape is not null)
        {
            batch.Export = new RowWriter(ExportBytes);
            batch.Rows.ForEach(row => batch.Export.Write(row, shape));
        }

        if (withStats)
        {
            batch.Stats = new RowWriter(StatsBytes);
            batch.Rows.ForEach(batch.Stats.WriteStats);
        }

        return batch;
    }

    private void RunOne(WorkBatch batch, PlannedOperator planned, OperatorTally tally)
    {
        var trace = folder?.For(planned.Slot);
        var work = (IRowOperator)planned.Operator;
        var rows = CollectionsMarshal.AsSpan(batch.Rows);
        var kept = 0;
        foreach (var row in rows)
        {
            var before = trace?.Before(row);
            var outcome = RunOne(batch, planned.Slot, work, row, tally);
            if (outcome != RowOutcome.Kept && trace is { IsFull: false } && trace.Line(row, outcome, before) is { } line)
            {
                batch.Traced.Add((planned.Slot, line));
            }

            if (outcome == RowOutcome.Dropped)
            {
                tally.Dropped++;
                batch.Events.Add(new TraceEvent(row, planned.Slot, TraceKind.Dropped));
                continue;
            }

            rows[kept++] = row;
            if (outcome == RowOutcome.Changed)
            {
                tally.Changed++;
                batch.Events.Add(new TraceEvent(row, planned.Slot, TraceKind.Changed));
            }
        }

        batch.Rows.RemoveRange(kept, batch.Rows.Count - kept);
    }

    private void SplitAll(WorkBatch batch, int slot, IRowSplitter splitter, OperatorTally tally)
    {
        var trace = folder?.For(slot);
        var rows = new List<Row>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var before = trace?.Before(row);
            var parts = Split(batch, slot, splitter, row, tally);
            rows.AddRange(parts);
            if (parts.Count == 0)
            {
                tally.Dropped++;
                batch.Events.Add(new TraceEvent(row, slot, TraceKind.Dropped));
            }
            else if (parts.Count > 1 || !ReferenceEquals(parts[0], row))
            {
                tally.Changed++;
                batch.Events.Add(new TraceEvent(row, slot, TraceKind.Changed));
                if (before is not null)
                {
                    batch.Traced.Add((slot, trace!.Parts(before, parts)));
                }
            }
        }

        batch.Rows = rows;
    }

    private static IReadOnlyList<Row> Split(WorkBatch batch, int slot, IRowSplitter splitter, Row row, OperatorTally tally)
    {
        try
        {
            return splitter.Split(row);
        }
        catch (Exception e) when (e is OperatorException or RegexMatchTimeoutException or ArgumentException)
        {
            tally.Errors++;
            batch.Events.Add(new TraceEvent(row, slot, TraceKind.Error, e.Message));
            return [row];
        }
    }

    // A row that an operator fails on stays as it is.
    private static RowOutcome RunOne(WorkBatch batch, int slot, IRowOperator work, Row row, OperatorTally tally)
    {
        try
        {
            return work.Run(row);
        }
        catch (Exception e) when (e is OperatorException or RegexMatchTimeoutException or ArgumentException)
        {
            tally.Errors++;
            batch.Events.Add(new TraceEvent(row, slot, TraceKind.Error, e.Message));
            return RowOutcome.Kept;
        }
    }

    // Looks at the text now, on this thread, so that a fault in it is a fault of the row.
    private string? ReadText(Row row)
    {
        try
        {
            if (row.View(_textKey) is { } view)
            {
                view.EnsureWhole();
                return null;
            }

            return row.Get(_textKey) is { } other && !(readsLists && other is JsonArray)
                ? $"has no text under \"{_textKey}\" but {other.GetValueKind().ToString().ToLowerInvariant()}"
                : null;
        }
        catch (InvalidOperationException)
        {
            return $"has half a surrogate pair in \"{_textKey}\", which no file in UTF-8 can hold";
        }
    }

    private static bool IsNull(Row row, string key) => row.View(key) is null && row.Get(key) is null;

    private void Admit(Row row, DatasetFile file, WorkBatch batch)
    {
        batch.Parsed.Add(row);
        batch.HasTextField |= row.Contains(_textKey);
        foreach (var key in _otherKeys)
        {
            if (IsNull(row, key))
            {
                batch.WithoutText++;
                return;
            }
        }

        if (row.View(_textKey) is null && !(readsLists && row.Get(_textKey) is JsonArray))
        {
            batch.WithoutText++;
            return;
        }

        if (addSuffix && !row.Contains(ColumnNames.Suffix))
        {
            row.Set(ColumnNames.Suffix, file.Suffix);
        }

        batch.Rows.Add(row);
    }
}
