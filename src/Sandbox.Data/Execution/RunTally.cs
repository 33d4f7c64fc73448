using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution.Resuming;
using Sandbox.Data.Execution.Tracing;

namespace Sandbox.Data.Execution;

/// <summary>Counts what happens, in the order of the rows, and ends the run where a limit is passed.</summary>
internal sealed class RunTally(
    Recipe recipe, RecipePlan plan, DataRunOptions options, TraceFile trace, TraceFolder? folder, MonitorFile? monitor,
    IProgress<JobProgress> progress, long totalBytes)
{
    private const int ListedErrors = 5;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);
    private readonly OperatorTally[] _operators = [.. plan.Operators.Select(_ => new OperatorTally())];
    private readonly List<string>[] _errors = [.. plan.Operators.Select(_ => new List<string>())];
    private readonly BadRowLimit _bad = new(recipe.Settings.MaxBadRows, options.ListedBadRows);
    private bool _hasTextField;
    private readonly long _started = options.Time.GetTimestamp();
    private long _lastReport = options.Time.GetTimestamp();

    public long RowsIn { get; private set; }

    public long RowsWithoutText { get; private set; }

    public long RowsOut { get; set; }

    public long BadCount => _bad.Count;

    public long BytesRead { get; private set; }

    /// <summary>Bytes of the data sets before the one that is being read.</summary>
    public long BytesBefore { get; set; }

    public IReadOnlyList<BadRow> Bad => _bad.First;

    /// <summary>Takes note of a batch that was just parsed and numbers its rows.</summary>
    public void Admit(WorkBatch batch)
    {
        foreach (var row in batch.Parsed)
        {
            row.Number += RowsIn;
        }

        RowsIn += batch.RawCount;
        RowsWithoutText += batch.WithoutText;
        BytesRead = BytesBefore + batch.BytesRead;
        _hasTextField |= batch.HasTextField;
        foreach (var bad in batch.Bad)
        {
            _bad.Add(bad);
        }

        Settle(batch);
        Report();
    }

    /// <summary>Takes note of what operators did.</summary>
    public void Settle(WorkBatch batch)
    {
        foreach (var (slot, tally) in batch.Tallies)
        {
            _operators[slot].Add(tally);
        }

        foreach (var happened in batch.Events)
        {
            if (happened.Kind == TraceKind.Error)
            {
                CheckError(happened);
            }

            trace.Add(happened.Row.Number, plan.Operators[happened.Slot].Config.Position, happened.Kind, happened.Message);
        }

        folder?.Take(batch);
        batch.Tallies.Clear();
        batch.Events.Clear();
    }

    /// <summary>Takes note of rows that a selector did not choose.</summary>
    public void SettleSelection(int slot, long rowsIn, IEnumerable<long> dropped, TimeSpan elapsed)
    {
        var tally = _operators[slot];
        tally.RowsIn += rowsIn;
        tally.Elapsed += elapsed;
        foreach (var number in dropped)
        {
            tally.Dropped++;
            trace.Add(number, plan.Operators[slot].Config.Position, TraceKind.Dropped, null);
        }
    }

    /// <summary>Takes note of rows that a grouper put together or took apart.</summary>
    public void SettleGroups(int slot, long rowsIn, TimeSpan elapsed)
    {
        _operators[slot].RowsIn += rowsIn;
        _operators[slot].Elapsed += elapsed;
    }

    /// <summary>The counts so far, for a checkpoint.</summary>
    public TallyState Save() => new(
        RowsIn, RowsWithoutText, BadCount, BytesRead, _hasTextField, [.. _bad.First], [.. _operators], [.. _errors]);

    /// <summary>Goes on from a checkpoint.</summary>
    public void Restore(TallyState state)
    {
        (RowsIn, RowsWithoutText, BytesRead, _hasTextField) = (state.RowsIn, state.RowsWithoutText, state.BytesRead, state.HasTextField);
        _bad.Restore(state.BadCount, state.Bad);
        for (var slot = 0; slot < Math.Min(_operators.Length, state.Operators.Count); slot++)
        {
            _operators[slot].Add(state.Operators[slot]);
            _errors[slot].AddRange(state.Errors[slot]);
        }
    }

    /// <summary>The last checks, before anything is published.</summary>
    public void End()
    {
        var source = string.Join(", ", recipe.Sources.Paths);
        if (RowsIn == 0)
        {
            throw new JobFailedException($"data set \"{source}\" is empty: it holds no rows.");
        }

        _bad.Conclude(RowsIn);
        if (!_hasTextField && BadCount < RowsIn)
        {
            throw new JobFailedException($"no row of \"{source}\" has the field \"{recipe.Settings.TextKeys[0]}\": name the field that holds the text in text_keys.");
        }
    }

    public IReadOnlyList<OperatorReport> Reports() => [.. plan.Operators.Select(o =>
    {
        var tally = _operators[o.Slot];
        return new OperatorReport(o.Descriptor.Name, o.Config.Position, tally.RowsIn, tally.Dropped, tally.Changed, tally.Errors, _errors[o.Slot], tally.Elapsed);
    })];

    private void CheckError(TraceEvent happened)
    {
        var planned = plan.Operators[happened.Slot];
        var text = $"{happened.Row}: {happened.Message}";
        if (!recipe.Settings.SkipOpError)
        {
            throw new JobFailedException($"operator {planned.Descriptor.Name} (process[{planned.Config.Position}]) failed on {text}. Set skip_op_error to true to keep such rows as they are.");
        }

        if (_errors[happened.Slot].Count < ListedErrors)
        {
            _errors[happened.Slot].Add(text);
        }
    }

    private void Report()
    {
        if (options.Time.GetElapsedTime(_lastReport) >= ReportEvery)
        {
            _lastReport = options.Time.GetTimestamp();
            monitor?.Sample();
            progress.Report(new JobProgress(BytesRead, totalBytes, "bytes", ProgressText()));
        }
    }

    private string ProgressText()
    {
        var seconds = Math.Max(options.Time.GetElapsedTime(_started).TotalSeconds, 1e-3);
        var text = new System.Text.StringBuilder().Append(System.Globalization.CultureInfo.InvariantCulture, $"{RowsIn} rows read, {RowsIn / seconds:0} rows/s, {BytesRead / seconds / 1e6:0.0} MB/s");
        if (BadCount > 0)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $", {BadCount} malformed");
        }

        foreach (var planned in plan.Operators.Where(o => _operators[o.Slot].Dropped > 0))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"; {planned.Descriptor.Name} dropped {_operators[planned.Slot].Dropped}");
        }

        return text.ToString();
    }
}
