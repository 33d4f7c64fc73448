using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Failures;

/// <summary>What torchrun says of the worker that failed first. torchrun's own exit status is 1 whatever happened, and
/// the workers that it then ended are listed before that one.</summary>
/// <param name="Rank">The worker.</param>
/// <param name="Exit">How it ended.</param>
/// <param name="Code">Its exit code as printed: a signal is a negative number.</param>
internal sealed record TorchrunReport(int Rank, ExitStatus Exit, int Code)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex RankLine = new(@"^\s+rank +: (?<rank>\d+)", Options);
    private static readonly Regex CodeLine = new(@"^\s+exitcode +: (?<code>-?\d+)", Options);

    /// <summary>The last report in a log, or null.</summary>
    public static TorchrunReport? Find(IReadOnlyList<string> lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (lines[i].Contains("Root Cause (first observed failure)", StringComparison.Ordinal))
            {
                var table = lines.Skip(i + 1).ToList();
                return First(table, RankLine, "rank") is { } rank && First(table, CodeLine, "code") is { } code
                    ? new TorchrunReport(rank, code < 0 ? new ExitStatus(null, -code) : new ExitStatus(code, null), code)
                    : null;
            }
        }

        return null;
    }

    private static int? First(List<string> table, Regex pattern, string group)
    {
        var match = table.Select(l => pattern.Match(l)).FirstOrDefault(m => m.Success);
        return match is null ? null : int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }
}
