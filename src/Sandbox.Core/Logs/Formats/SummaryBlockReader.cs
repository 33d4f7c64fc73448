using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>The block at the end of a training with the Hugging Face <c>Trainer</c>: a heading of asterisks, then a name
/// and a value a line. It is one finding, at its heading.</summary>
internal sealed class SummaryBlockReader : LogReader
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Heading = new(@"\*\*\*\*\* (?<split>\w+) metrics \*\*\*\*\*$", Options);
    private static readonly Regex Line = new(@"^  (?<name>\S+) *= *(?<value>\S+)$", Options);
    private LogFinding? _open;
    private LogPosition? _since;

    public override LogPosition? OpenSince => _since;

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (_open is not null && Line.Match(piece.Text) is { Success: true } line)
        {
            if (Value(line.Groups["value"].Value) is { } value)
            {
                _open = Counts.With(_open, line.Groups["name"].Value, value);
            }

            return [];
        }

        var found = Complete();
        if (piece.Text.Contains("*****", StringComparison.Ordinal) && Heading.Match(piece.Text) is { Success: true } heading)
        {
            _open = piece.Finding(heading.Index) with { Split = heading.Groups["split"].Value };
            _since = piece.Position;
        }

        return found;
    }

    public override IReadOnlyList<LogFinding> Complete()
    {
        var done = _open;
        (_open, _since) = (null, null);
        return done is { Metrics.Count: > 0 } ? [done] : [];
    }

    // Durations are printed as 0:00:01.21; they become seconds.
    private static double? Value(string text)
    {
        if (LogNumber.TryParse(text, out var number))
        {
            return number;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time.TotalSeconds : null;
    }
}
