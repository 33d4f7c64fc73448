using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>Trinity-RFT's monitor: <c>monitor.py:96] Step 12:</c> and a dict, by Ray's workers.</summary>
internal sealed class TrinityReader : LogReader
{
    private static readonly Regex Line = new(
        @"monitor\.py:\d+\] Step (?<step>\d+): (?<dict>\{.*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (!piece.Text.Contains("monitor.py:", StringComparison.Ordinal) || Line.Match(piece.Text) is not { Success: true } match)
        {
            return [];
        }

        var finding = PythonDict.Numbers(match.Groups["dict"].Value)
            .Aggregate(piece.Finding(match.Index), (f, pair) => Counts.With(f, pair.Name, pair.Value));
        return finding.Metrics.Count > 0 ? [finding with { Step = LogNumber.Parse(match.Groups["step"].Value) }] : [];
    }
}
