using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Reports.Distributions;

/// <summary>Makes the distributions of one or two <c>*_stats.jsonl</c> files. Each is streamed twice: for the range of
/// every statistic, then for its bins.</summary>
public static class DistributionBuilder
{
    private const int MostCategories = 10;

    /// <summary>Reads the files.</summary>
    /// <param name="title">Which pipeline or data.</param>
    /// <param name="before">Name and path of the first set.</param>
    /// <param name="after">Name and path of the second set, or null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<DistributionGroup> BuildAsync(
        string title, StatsSource before, StatsSource? after, CancellationToken cancellationToken)
    {
        var first = await SketchAsync(before.Path, cancellationToken);
        var second = after is null ? null : await SketchAsync(after.Path, cancellationToken);
        var names = first.Statistics.Keys.Concat(second is null ? [] : second.Statistics.Keys).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        var scales = names.ToDictionary(n => n, n => BinScale.For([first.Of(n), .. second is null ? [] : new[] { second.Of(n) }]), StringComparer.Ordinal);
        var firstBins = await CountAsync(before.Path, scales, cancellationToken);
        var secondBins = after is null ? null : await CountAsync(after.Path, scales, cancellationToken);
        var items = names.Select<string, Distribution>(n => first.Of(n).IsText || second?.Of(n).IsText == true
            ? Categories(n, first.Of(n), second?.Of(n))
            : Histogram(n, scales[n], (first.Of(n), firstBins[n]), second is null ? null : (second.Of(n), secondBins![n])));
        return new DistributionGroup(title, before.Name, after?.Name, [.. items])
        {
            BrokenLines = first.BrokenLines + (second?.BrokenLines ?? 0),
        };
    }

    private static async Task<FileSketch> SketchAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileSketch();
        await foreach (var row in StatsFile.RowsAsync(path, cancellationToken))
        {
            if (row is null)
            {
                file.BrokenLines++;
                continue;
            }

            foreach (var (name, value) in row)
            {
                // Rows before this one lack it.
                if (!file.Statistics.ContainsKey(name))
                {
                    file.Of(name).AddMissing(file.Rows);
                }

                Add(file.Of(name), value);
            }

            foreach (var absent in file.Statistics.Where(s => !row.ContainsKey(s.Key)))
            {
                absent.Value.AddMissing();
            }

            file.Rows++;
        }

        return file;
    }

    private static void Add(StatisticSketch sketch, JsonNode? value)
    {
        switch (value)
        {
            // Some operators keep a number an image or a sentence.
            case JsonArray list:
                foreach (var item in list)
                {
                    Add(sketch, item);
                }

                break;
            case JsonValue scalar when scalar.TryGetValue<double>(out var number):
                sketch.Add(number);
                break;
            case JsonValue scalar when scalar.GetValueKind() is JsonValueKind.True or JsonValueKind.False or JsonValueKind.String:
                sketch.Add(scalar.ToString());
                break;
            default:
                sketch.AddMissing();
                break;
        }
    }

    private static async Task<Dictionary<string, long[]>> CountAsync(
        string path, Dictionary<string, BinScale> scales, CancellationToken cancellationToken)
    {
        // One place before the bins for values below the scale, one behind them for those above.
        var counts = scales.ToDictionary(s => s.Key, s => new long[s.Value.Edges.Count + 1], StringComparer.Ordinal);
        await foreach (var row in StatsFile.RowsAsync(path, cancellationToken))
        {
            foreach (var (name, value) in row ?? [])
            {
                Count(scales[name], counts[name], value);
            }
        }

        return counts;
    }

    private static void Count(BinScale scale, long[] counts, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            foreach (var item in list)
            {
                Count(scale, counts, item);
            }
        }
        else if (value is JsonValue scalar && scalar.TryGetValue<double>(out var number) && double.IsFinite(number))
        {
            counts[scale.BinOf(number) + 1]++;
        }
    }

    private static Histogram Histogram(
        string name, BinScale scale, (StatisticSketch Sketch, long[] Counts) before, (StatisticSketch Sketch, long[] Counts)? after) =>
        new(name, before.Sketch.Summary, after?.Sketch.Summary, scale.Edges, before.Counts[1..^1], after?.Counts[1..^1])
        {
            Below = before.Counts[0] + (after?.Counts[0] ?? 0),
            Above = before.Counts[^1] + (after?.Counts[^1] ?? 0),
        };

    private static CategoryCounts Categories(string name, StatisticSketch before, StatisticSketch? after)
    {
        var all = before.Categories.Keys.Concat(after is null ? [] : after.Categories.Keys).Distinct(StringComparer.Ordinal)
            .Select(c => new CategoryCount(c, before.Categories.GetValueOrDefault(c), after?.Categories.GetValueOrDefault(c) ?? 0))
            .OrderByDescending(c => c.Before + c.After).ThenBy(c => c.Category, StringComparer.Ordinal)
            .ToList();
        return new CategoryCounts(
            name, before.Summary, after?.Summary, [.. all.Take(MostCategories)], Math.Max(0, all.Count - MostCategories));
    }

    private sealed class FileSketch
    {
        public Dictionary<string, StatisticSketch> Statistics { get; } = new(StringComparer.Ordinal);

        public long Rows { get; set; }

        public long BrokenLines { get; set; }

        public StatisticSketch Of(string name)
        {
            if (!Statistics.TryGetValue(name, out var sketch))
            {
                Statistics[name] = sketch = new StatisticSketch();
            }

            return sketch;
        }
    }
}

/// <summary>A set whose statistics are shown.</summary>
/// <param name="Name">What it is called, as in <c>raw</c>.</param>
/// <param name="Path">Its <c>*_stats.jsonl</c> file.</param>
public sealed record StatsSource(string Name, string Path);
