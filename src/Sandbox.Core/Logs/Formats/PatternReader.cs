using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>A user's regular expression: its named groups are counts and metrics.</summary>
internal sealed class PatternReader(Regex pattern) : LogReader
{
    private readonly string[] _groups = [.. WatchPattern.Names(pattern)];

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        try
        {
            return [.. pattern.Matches(piece.Text).Select(m => Of(piece, m)).OfType<LogFinding>()];
        }
        catch (RegexMatchTimeoutException)
        {
            return []; // the line is not what the pattern was made for; the watcher must keep up with the program
        }
    }

    private LogFinding? Of(LogPiece piece, Match match)
    {
        var finding = piece.Finding(match.Index);
        foreach (var name in _groups.Where(n => match.Groups[n].Success))
        {
            var text = match.Groups[name].Value;
            finding = name switch
            {
                "split" => finding with { Split = text },
                "label" => finding with { Label = text },
                "time" => finding with { Time = LogTime.Before(text, text.Length) ?? finding.Time },
                _ when LogNumber.TryParse(text, out var value) => Counts.With(finding, name, value),
                _ => finding,
            };
        }

        return finding.Metrics.Count > 0 ? finding : null;
    }
}
