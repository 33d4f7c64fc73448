using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>Some rows on their way through the stages, and what happened to them since the last stage in order.</summary>
internal sealed class WorkBatch : IDisposable
{
    /// <summary>The rows that are still there.</summary>
    public List<Row> Rows { get; set; } = [];

    /// <summary>All rows that were parsed, for numbering.</summary>
    public List<Row> Parsed { get; } = [];

    /// <summary>Malformed rows.</summary>
    public List<BadRow> Bad { get; } = [];

    /// <summary>Rows of the input that the batch was made of.</summary>
    public int RawCount { get; init; }

    /// <summary>Bytes of the input read when the batch was cut.</summary>
    public long BytesRead { get; init; }

    /// <summary>Rows without text.</summary>
    public int WithoutText { get; set; }

    /// <summary>Whether a row has the text field at all.</summary>
    public bool HasTextField { get; set; }

    /// <summary>What operators did, by slot.</summary>
    public Dictionary<int, OperatorTally> Tallies { get; } = [];

    /// <summary>Rows that were dropped or changed, or that an operator failed on.</summary>
    public List<TraceEvent> Events { get; } = [];

    /// <summary>Lines for the trace folder, by slot.</summary>
    public List<(int Slot, System.Text.Json.Nodes.JsonObject Line)> Traced { get; } = [];

    /// <summary>Lines for the export; null where there are none.</summary>
    public RowWriter? Export { get; set; }

    /// <summary>Lines for the file of statistics; null where there are none.</summary>
    public RowWriter? Stats { get; set; }

    /// <summary>The bytes that the rows were read from, where they may be given back; else null.</summary>
    public byte[]? Rented { get; set; }

    /// <summary>Gives the bytes of rows and lines back, once they are written: no row may be used any more.</summary>
    public void Dispose()
    {
        if (Rented is { } bytes)
        {
            Rented = null;
            ByteArrays.Return(bytes);
        }

        Export?.Dispose();
        Stats?.Dispose();
        (Export, Stats) = (null, null);
    }
}

/// <summary>What an operator did to some rows.</summary>
internal sealed class OperatorTally
{
    public long RowsIn { get; set; }

    public long Dropped { get; set; }

    public long Changed { get; set; }

    public long Errors { get; set; }

    public TimeSpan Elapsed { get; set; }

    public void Add(OperatorTally other)
    {
        RowsIn += other.RowsIn;
        Dropped += other.Dropped;
        Changed += other.Changed;
        Errors += other.Errors;
        Elapsed += other.Elapsed;
    }
}

/// <summary>Something that an operator did to a row.</summary>
internal readonly record struct TraceEvent(Row Row, int Slot, TraceKind Kind, string? Message = null);

/// <summary>What it did.</summary>
internal enum TraceKind
{
    Dropped,
    Changed,
    Error,
}
