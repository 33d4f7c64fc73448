using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>fastText: its progress line, redrawn behind carriage returns, and what <c>test</c> and <c>test-label</c>
/// print.</summary>
internal sealed class FastTextReader : LogReader
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Progress = new(
        @"Progress: +(?<percent>[\d.]+)% +(words/sec/thread: +(?<words>\d+) +lr: +(?<lr>\S+) +avg\.loss: +(?<loss>\S+)|"
        + @"Trials: +(?<trials>\d+) +Best score: +(?<score>\S+)) +ETA:",
        Options);

    private static readonly Regex Result = new(@"^(?<name>N|[PR]@\d+)\t(?<value>\S+)$", Options);

    private static readonly Regex LabelResult = new(
        @"^F1-Score : (?<f1>\S+) +Precision : (?<precision>\S+) +Recall : (?<recall>\S+) +(?<label>\S+)", Options);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (piece.Text.Contains("Progress:", StringComparison.Ordinal))
        {
            return [.. Progress.Matches(piece.Text).Select(m => OfProgress(piece, m))];
        }

        if (Result.Match(piece.Text) is { Success: true } result)
        {
            return [Counts.With(piece.Finding(0), result.Groups["name"].Value, LogNumber.Parse(result.Groups["value"].Value))];
        }

        return LabelResult.Match(piece.Text) is { Success: true } label
            ? [With(piece.Finding(0) with { Label = label.Groups["label"].Value }, label, "f1", "precision", "recall")]
            : [];
    }

    private static LogFinding OfProgress(LogPiece piece, Match match)
    {
        var finding = piece.Finding(match.Index) with
        {
            Progress = double.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture),
        };
        return match.Groups["trials"].Success
            ? With(finding, match, "trials", "score")
            : With(finding, match, "words", "lr", "loss");
    }

    private static LogFinding With(LogFinding finding, Match match, params string[] groups) => groups.Aggregate(
        finding, (f, group) => Counts.With(f, NameOf(group), LogNumber.Parse(match.Groups[group].Value)));

    private static string NameOf(string group) => group switch
    {
        "words" => "words_per_second_per_thread",
        "loss" => "avg_loss",
        "score" => "best_score",
        _ => group,
    };
}
