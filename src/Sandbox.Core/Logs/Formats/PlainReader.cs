using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>What scripts print by hand: counts, then named numbers, as in <c>epoch 1 loss 0.5</c> or
/// <c>[rank1] step 3/10: loss=0.5, lr=1e-4</c>. Two processes may have glued their lines together.</summary>
internal sealed class PlainReader : LogReader
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
    private const string Count = @"(global_step|epoch|step|iteration|iter|batch)s?[ :=#\[]{0,3}\d+(\.\d+)?(/\d+)?\]?";
    private const string Name = @"[a-z_][\w./@-]*";

    private static readonly Regex Line = new(
        $@"(^\s*|(?<rank>\[rank(?<number>\d+)\]):? *|[\]:|>-] )(?<counts>({Count}[ ,;:|\t-]*)+)"
        + $@"(?<pairs>({Name}( ?[:=] ?| +){LogNumber.Pattern}\b[%\s,;|]*)+)",
        Options);

    private static readonly Regex CountPair = new($@"(?<name>[a-z_]+?)s?[ :=#\[]{{1,3}}(?<value>\d+(\.\d+)?)", Options);
    private static readonly Regex Pair = new($@"(?<name>{Name})(?<sign> ?[:=] ?| +)(?<value>{LogNumber.Pattern})\b", Options);

    // Words that may stand before a number without a sign between: "of 5" and "took 3 s" are no metrics.
    private static readonly FrozenSet<string> Measures = FrozenSet.ToFrozenSet(
        ["loss", "acc", "accuracy", "lr", "rate", "ppl", "perplexity", "f1", "bleu", "rouge", "auc", "mse", "mae", "rmse", "error",
            "reward", "score", "precision", "recall", "wer", "cer", "grad", "norm", "kl", "entropy", "map", "iou", "psnr", "ssim", "fid"],
        StringComparer.OrdinalIgnoreCase);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece) =>
        [.. Line.Matches(piece.Text).Select(m => Of(piece, m)).Where(f => f.Metrics.Count > 0)];

    private static LogFinding Of(LogPiece piece, Match match)
    {
        var rank = match.Groups["rank"];
        var finding = piece.Finding(rank.Success ? rank.Index : match.Groups["counts"].Index);
        foreach (var count in CountPair.Matches(match.Groups["counts"].Value).Cast<Match>())
        {
            finding = Counts.With(finding, count.Groups["name"].Value, LogNumber.Parse(count.Groups["value"].Value));
        }

        foreach (var pair in Pair.Matches(match.Groups["pairs"].Value).Where(IsMetric))
        {
            finding = Counts.With(finding, pair.Groups["name"].Value, LogNumber.Parse(pair.Groups["value"].Value));
        }

        return rank.Success ? finding with { Rank = (int?)LogNumber.Parse(match.Groups["number"].Value) } : finding;
    }

    private static bool IsMetric(Match pair) =>
        pair.Groups["sign"].Value.AsSpan().ContainsAny(':', '=')
        || pair.Groups["name"].Value.Split('_', '.', '/', '-', '@').Any(Measures.Contains);
}
