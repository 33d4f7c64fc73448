namespace Sandbox.Benchmarks.Measuring;

/// <summary>Times several ways in turn, A B C A B C …, so that a machine that is slow for a while is slow for all.</summary>
internal static class Rounds
{
    /// <summary>The seconds of each way, from call to end, in each round; a round before the first is not counted.</summary>
    public static Task<double[][]> TimeAsync(int rounds, params Func<Task>[] ways) =>
        CollectAsync(rounds, [.. ways.Select(Timed)]);

    /// <summary>What each way measures of itself in each round; a round before the first is not counted.</summary>
    public static async Task<double[][]> CollectAsync(int rounds, params Func<Task<double>>[] ways)
    {
        var seconds = ways.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var own = await ways[way]();
                if (round >= 0)
                {
                    seconds[way][round] = own;
                }
            }
        }

        return seconds;
    }

    /// <summary>A way that measures itself from call to end.</summary>
    public static Func<Task<double>> Timed(Func<Task> way) => async () =>
    {
        var begin = TimeProvider.System.GetTimestamp();
        await way();
        return TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
    };

    /// <summary>The middle value.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The middle of the ratios of two ways, round by round.</summary>
    public static double Ratio(double[] way, double[] limit) => Median(way.Zip(limit, (a, b) => a / b));
}
