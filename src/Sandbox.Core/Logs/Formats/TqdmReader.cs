using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>Progress bars of tqdm that carry metrics, as scripts on accelerate draw them (EasyAnimate among them). A bar
/// without metrics says nothing; one that the terminal's edge cuts off is not trusted.</summary>
internal sealed class TqdmReader : LogReader
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Bar = new(@"(?<step>\d+)/\d+ \[(?<postfix>[^\[\]]*)\]", Options);
    private static readonly Regex Pair = new(@"(?<name>[A-Za-z_][\w./-]*)=(?<value>[^,\s]+)", Options);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        if (!piece.Text.Contains('=', StringComparison.Ordinal) || !piece.Text.Contains(" [", StringComparison.Ordinal))
        {
            return [];
        }

        return [.. Bar.Matches(piece.Text).Select(m => Of(piece, m)).Where(f => f.Metrics.Count > 0)];
    }

    private static LogFinding Of(LogPiece piece, Match bar)
    {
        var finding = piece.Finding(bar.Index);
        foreach (var (name, value) in Pairs(bar.Groups["postfix"].Value))
        {
            finding = Counts.With(finding, name, value);
        }

        return finding with { Step = LogNumber.Parse(bar.Groups["step"].Value) };
    }

    /// <summary>The named numbers behind a bar.</summary>
    public static IEnumerable<(string Name, double Value)> Pairs(string postfix)
    {
        foreach (var match in Pair.Matches(postfix).Cast<Match>())
        {
            if (LogNumber.TryParse(match.Groups["value"].Value, out var value))
            {
                yield return (match.Groups["name"].Value, value);
            }
        }
    }
}
