using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>Dicts that trainers print: the Hugging Face <c>Trainer</c> (and InternVL, which is one) a bare dict, scripts
/// on accelerate one behind <c>epoch 3:</c>.</summary>
internal sealed class DictReader : LogReader
{
    private static readonly string[] Known = ["loss", "eval_", "train_", "test_", "perplexity", "accuracy"];

    private static readonly Regex Dict = new(
        @"([eE]poch (?<epoch>\d+):? +)?(?<dict>\{'[^{}]*\})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece) =>
        piece.Text.Contains("{'", StringComparison.Ordinal)
            ? [.. Dict.Matches(piece.Text).Select(m => Of(piece, m)).OfType<LogFinding>()]
            : [];

    private static LogFinding? Of(LogPiece piece, Match match)
    {
        var finding = piece.Finding(match.Index);
        if (match.Groups["epoch"].Success)
        {
            finding = finding with { Epoch = LogNumber.Parse(match.Groups["epoch"].Value) };
        }

        finding = PythonDict.Numbers(match.Groups["dict"].Value).Aggregate(finding, (f, pair) => Counts.With(f, pair.Name, pair.Value));
        return finding.Metrics.Count > 0 && (Counts.HasCount(finding) || finding.Metrics.Keys.Any(IsKnown)) ? finding : null;
    }

    // A dict is any script's to print: without a count it must at least name what trainings measure.
    private static bool IsKnown(string name) => Known.Any(k => name.Contains(k, StringComparison.Ordinal));
}
