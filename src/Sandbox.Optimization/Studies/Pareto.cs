namespace Sandbox.Optimization.Studies;

/// <summary>Comparison by several values, smaller is better.</summary>
internal static class Pareto
{
    /// <summary>Whether a is nowhere worse than b and somewhere better.</summary>
    public static bool Dominates(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var better = false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!(a[i] <= b[i]))
            {
                return false;
            }

            better |= a[i] < b[i];
        }

        return better;
    }

    /// <summary>The indices of rows that no other row dominates.</summary>
    public static IEnumerable<int> Front(IReadOnlyList<double[]> rows) =>
        Enumerable.Range(0, rows.Count).Where(i => !rows.Any(other => Dominates(other, rows[i])));

    /// <summary>A rank for each row: the number of its front, and behind the point its place in it, where rows far from their
    /// neighbours come first (Deb et al., NSGA-II, 2002).</summary>
    public static double[] Ranks(IReadOnlyList<double[]> rows)
    {
        var ranks = new double[rows.Count];
        var left = Enumerable.Range(0, rows.Count).ToList();
        for (var front = 0; left.Count > 0; front++)
        {
            var members = left.Where(i => !left.Any(j => Dominates(rows[j], rows[i]))).ToList();
            var crowding = Crowding(members, rows);
            foreach (var (member, place) in members.OrderByDescending(m => crowding[m]).Select((m, place) => (m, place)))
            {
                ranks[member] = front + ((double)place / members.Count);
            }

            left = [.. left.Except(members)];
        }

        return ranks;
    }

    private static Dictionary<int, double> Crowding(List<int> members, IReadOnlyList<double[]> rows)
    {
        var result = members.ToDictionary(m => m, _ => 0.0);
        for (var column = 0; column < rows[members[0]].Length; column++)
        {
            var ordered = members.OrderBy(m => rows[m][column]).ToList();
            var span = rows[ordered[^1]][column] - rows[ordered[0]][column];
            result[ordered[0]] = result[ordered[^1]] = double.PositiveInfinity;
            for (var i = 1; i < ordered.Count - 1 && span > 0; i++)
            {
                result[ordered[i]] += (rows[ordered[i + 1]][column] - rows[ordered[i - 1]][column]) / span;
            }
        }

        return result;
    }
}
