using System.Runtime.InteropServices;

namespace Sandbox.Core.Logs;

/// <summary>What one line of a log says about a training: metrics, and how far it was. Only what the line itself says;
/// all else is null.</summary>
/// <param name="Stream">The stream, as <c>stdout</c>.</param>
/// <param name="ByteOffset">Where the line starts in the stream, in bytes: behind the last line feed.</param>
/// <param name="TextOffset">Where the text itself starts, in bytes: a line may hold several pieces parted by carriage
/// returns, and a piece several texts. With <paramref name="Stream"/> it names the finding.</param>
public sealed record LogFinding(string Stream, long ByteOffset, long TextOffset)
{
    /// <summary>Training step.</summary>
    public double? Step { get; init; }

    /// <summary>Epoch, whole or as a fraction.</summary>
    public double? Epoch { get; init; }

    /// <summary>Batch within the epoch.</summary>
    public double? Batch { get; init; }

    /// <summary>Iteration within the epoch.</summary>
    public double? Iteration { get; init; }

    /// <summary>How much is done, in percent.</summary>
    public double? Progress { get; init; }

    /// <summary>What the line says to people, where its format tells that apart.</summary>
    public string? Text { get; init; }

    /// <summary>Process of a distributed training.</summary>
    public int? Rank { get; init; }

    /// <summary>Part of the data that was measured, as <c>eval</c>.</summary>
    public string? Split { get; init; }

    /// <summary>Class that the metrics belong to.</summary>
    public string? Label { get; init; }

    /// <summary>The time stamp of the line as it is printed: wall-clock time of the program's host.</summary>
    public DateTime? Time { get; init; }

    /// <summary>Metrics in the order of the line. NaN and infinities are values; null is a metric that the line names
    /// without a value.</summary>
    public IReadOnlyDictionary<string, double?> Metrics { get; init; } = new Dictionary<string, double?>(StringComparer.Ordinal);

    /// <summary>Why the job must fail by this finding, or null: a metric is NaN and its rule forbids that.</summary>
    public string? Failure { get; init; }

    /// <summary>The finest count that the line gives, for the axis of a curve: step, iteration, batch, epoch, percent.</summary>
    public double? Axis => Step ?? Iteration ?? Batch ?? Epoch ?? Progress;
}

/// <summary>From where reading of a stream goes on.</summary>
/// <param name="Offset">The first byte that was not read to the end of its piece.</param>
/// <param name="LineStart">Where the line of that byte starts.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LogPosition(long Offset, long LineStart);
