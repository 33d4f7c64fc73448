using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>ModelScope's text logger: <c>epoch [2][4/6]</c>, a tab, and pairs of name and value.</summary>
internal sealed class ModelScopeReader : LogReader
{
    private static readonly Regex Line = new(
        @"epoch(?<eval>\(eval\))? \[(?<epoch>\d+)\]\[(?<iteration>\d+)(/\d+)?\]\t(?<pairs>.*)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (!piece.Text.Contains("epoch", StringComparison.Ordinal) || Line.Match(piece.Text) is not { Success: true } match)
        {
            return [];
        }

        var finding = piece.Finding(match.Index) with
        {
            Epoch = LogNumber.Parse(match.Groups["epoch"].Value),
            Iteration = LogNumber.Parse(match.Groups["iteration"].Value),
            Split = match.Groups["eval"].Success ? "eval" : null,
        };
        foreach (var pair in match.Groups["pairs"].Value.Split(", "))
        {
            var parts = pair.Split(": ", 2);
            if (parts.Length == 2 && LogNumber.TryParse(parts[1], out var value))
            {
                finding = Counts.With(finding, parts[0].Trim(), value);
            }
        }

        return finding.Metrics.Count > 0 ? [finding] : [];
    }
}
