using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>PyTorch Lightning: its training bar and the tables that <c>test</c> and <c>validate</c> print. A bar that
/// shows the same as the one before it is a redraw.</summary>
internal sealed class LightningReader : LogReader
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Bar = new(
        @"Epoch (?<epoch>\d+)(/\d+)?:? +(\d+%\|[^|]*\|)? *(?<batch>\d+)/\d+ \[(?<postfix>[^\]]*)(?<end>\])?", Options);

    private static readonly Regex Table = new(@"^│ +(?<name>[A-Za-z]\S*) +│ +(?<value>\S+) +│$", Options);
    private string? _last;

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (piece.Text.Contains("Epoch ", StringComparison.Ordinal) && Bar.Match(piece.Text) is { Success: true } bar)
        {
            return OfBar(piece, bar) is { } finding ? [finding] : [];
        }

        return piece.Text.StartsWith('│') && Table.Match(piece.Text) is { Success: true } row
            && LogNumber.TryParse(row.Groups["value"].Value, out var value)
            ? [Counts.With(piece.Finding(0), row.Groups["name"].Value, value)]
            : [];
    }

    public override bool Claims(LogPiece piece) =>
        piece.Text.Contains("Epoch ", StringComparison.Ordinal) && Bar.IsMatch(piece.Text);

    private LogFinding? OfBar(LogPiece piece, Match bar)
    {
        var postfix = bar.Groups["postfix"].Value;
        var metrics = TqdmReader.Pairs(bar.Groups["end"].Success ? postfix : Trusted(postfix))
            .Where(p => p.Name != "v_num") // the number of the logger's version
            .DistinctBy(p => p.Name, StringComparer.Ordinal)
            .ToDictionary(p => p.Name, p => (double?)p.Value, StringComparer.Ordinal);
        var (epoch, batch) = (bar.Groups["epoch"].Value, bar.Groups["batch"].Value);
        var shown = string.Join(' ', metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value:R}")).Prepend(batch).Prepend(epoch));
        if (metrics.Count == 0 || shown == _last)
        {
            return null;
        }

        _last = shown;
        return piece.Finding(0) with { Epoch = LogNumber.Parse(epoch), Batch = LogNumber.Parse(batch), Metrics = metrics };
    }

    // The terminal's edge cut the bar off, perhaps in the middle of its last number.
    private static string Trusted(string postfix) =>
        postfix.LastIndexOf(", ", StringComparison.Ordinal) is >= 0 and var end ? postfix[..end] : string.Empty;
}
