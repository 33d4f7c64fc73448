using Sandbox.Core.Logs.Formats;

namespace Sandbox.Core.Logs;

/// <summary>Reads one stream of a program as it comes and finds what it says about the training. Not safe for threads:
/// one reader a stream.</summary>
public sealed class LogWatcher
{
    private readonly IReadOnlyList<WatchedFormat> _formats;
    private readonly LogPieces _pieces;
    private List<LogFinding> _found = [];

    internal LogWatcher(string stream, IReadOnlyList<WatchedFormat> formats, LogPosition start)
    {
        _formats = formats;
        _pieces = new LogPieces(stream, start, Read);
    }

    /// <summary>From where a new watcher must read so that nothing is lost. What it then finds again has the same
    /// stream and text offset.</summary>
    public LogPosition Position
    {
        get
        {
            var position = _pieces.Position;
            foreach (var open in _formats.Select(f => f.Reader.OpenSince).OfType<LogPosition>())
            {
                position = open.Offset < position.Offset ? open : position;
            }

            return position;
        }
    }

    /// <summary>Takes the next bytes, cut wherever, and gives what the lines that ended in them say.</summary>
    public IReadOnlyList<LogFinding> Read(ReadOnlySpan<byte> bytes)
    {
        _pieces.Read(bytes);
        return Take();
    }

    /// <summary>The stream has ended: gives what the last line says, also without a line feed.</summary>
    public IReadOnlyList<LogFinding> Complete()
    {
        _pieces.Complete();
        foreach (var format in _formats)
        {
            _found.AddRange(format.Reader.Complete().Select(format.Judge));
        }

        return Take();
    }

    private void Read(LogPiece piece)
    {
        foreach (var format in _formats)
        {
            _found.AddRange(format.Reader.Read(piece).Select(format.Judge));
        }
    }

    private List<LogFinding> Take()
    {
        var found = _found;
        _found = [];
        return found;
    }
}

/// <summary>A reader with what its rule asks for.</summary>
internal sealed record WatchedFormat(LogReader Reader, bool FailOnNan)
{
    public LogFinding Judge(LogFinding finding)
    {
        var broken = FailOnNan ? finding.Metrics.FirstOrDefault(m => m.Value is double.NaN).Key : null;
        return broken is null ? finding : finding with { Failure = $"{broken} is NaN, and the watch rule forbids that (fail_on_nan)" };
    }
}
