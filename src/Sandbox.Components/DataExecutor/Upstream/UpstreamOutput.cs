using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>What the output of the real Data-Juicer says: rows loaded, rows left by each operator, errors.</summary>
internal sealed partial class UpstreamOutput(IProgress<JobProgress> progress)
{
    private const int Limit = 10_000;
    private readonly List<(string Name, TimeSpan Elapsed, long Left)> _operators = [];
    private readonly List<string> _errors = [];

    /// <summary>Rows of the data set.</summary>
    public long RowsIn { get; private set; }

    /// <summary>Rows left without those that have no text.</summary>
    public long RowsWithText { get; private set; }

    /// <summary>Rows that an operator failed on, each with its whole batch.</summary>
    public IReadOnlyList<string> OperatorErrors => _errors;

    /// <summary>The last error that it named.</summary>
    public string Failure { get; private set; } = "it does not say why";

    public void Take(string line)
    {
        if (Loaded().Match(line) is { Success: true } loaded)
        {
            RowsIn = RowsWithText = Whole(loaded);
        }
        else if (WithText().Match(line) is { Success: true } withText)
        {
            RowsWithText = Whole(withText);
        }
        else if (Done().Match(line) is { Success: true } done)
        {
            _operators.Add((done.Groups["name"].Value, TimeSpan.FromSeconds(double.Parse(done.Groups["seconds"].Value, CultureInfo.InvariantCulture)), Whole(done)));
            progress.Report(new JobProgress(_operators.Count, double.Parse(done.Groups["all"].Value, CultureInfo.InvariantCulture), "operators", FormattableString.Invariant($"{done.Groups["name"].Value}: {Whole(done)} rows left")));
        }
        else if (OperatorError().Match(line) is { Success: true } error)
        {
            _errors.Add(error.Value);
        }
        else if (Error().IsMatch(line))
        {
            Failure = line.Trim();
        }
    }

    /// <summary>What each operator did, as far as it is told.</summary>
    public IReadOnlyList<OperatorReport> Reports(Recipe recipe)
    {
        var before = RowsWithText;
        var reports = new List<OperatorReport>();
        foreach (var ((name, elapsed, left), i) in _operators.Select((o, i) => (o, i)))
        {
            var errors = _errors.Where(e => e.Contains($" {name} ", StringComparison.Ordinal)).ToList();
            reports.Add(new OperatorReport(name, recipe.Process.ElementAtOrDefault(i)?.Position ?? i, before, Math.Max(0, before - left), 0, errors.Count, [.. errors.Take(5)], elapsed));
            before = left;
        }

        return reports;
    }

    /// <summary>Rows of exported files: lines, where they are lines.</summary>
    public static async Task<long> CountRowsAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var file in files.Where(f => f.EndsWith(".jsonl", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)))
        {
            await foreach (var row in Data.Datasets.DatasetReader.Open(file).ReadAsync(cancellationToken: cancellationToken))
            {
                rows += row is null ? 0 : 1;
            }
        }

        return rows;
    }

    /// <summary>The figures of its <c>overall.csv</c>, without the rows for texts.</summary>
    /// <exception cref="JobFailedException">There is none.</exception>
    public static StatisticsTable Table(string path)
    {
        if (!File.Exists(path))
        {
            throw new JobFailedException("dj-analyze ended well but wrote no analysis/overall.csv.");
        }

        var lines = File.ReadAllLines(path);
        var rows = lines.Skip(1).Select(l => l.Split(',')).Where(cells => cells[0] is not ("unique" or "top" or "freq")).ToList();
        return new StatisticsTable(
            lines[0].Split(',')[1..], [.. rows.Select(r => r[0])],
            [.. rows.Select(r => (IReadOnlyList<double>)[.. r.Skip(1).Select(c => double.TryParse(c, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)])]);
    }

    private static long Whole(Match match) => long.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"There are (?<rows>\d+) sample\(s\) in the original dataset", RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Loaded();

    [GeneratedRegex(@"(?<rows>\d+) samples left after filtering empty text", RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex WithText();

    [GeneratedRegex(@"\[\d+/(?<all>\d+)\] OP \[(?<name>\w+)\] Done in (?<seconds>[\d.]+)s\. Left (?<rows>\d+) samples", RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Done();

    [GeneratedRegex(@"An error occurred in \S+ when processing.*", RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex OperatorError();

    [GeneratedRegex(@"^(error: |[A-Za-z_][\w.]*(Error|Exception|Invalid)\b)", RegexOptions.ExplicitCapture, Limit)]
    private static partial Regex Error();
}
