namespace Sandbox.Core.Faults;

/// <summary>The "did you mean …?" of an error message.</summary>
public static class Suggestion
{
    /// <summary>
    /// A sentence such as <c> Did you mean "ProcessDataHook"?</c> with a leading blank, or an empty string where no
    /// candidate is near. Near means an optimal-string-alignment distance of at most a third of the longer word, or
    /// the same letters in another case.
    /// </summary>
    public static string For(string given, IEnumerable<string> candidates)
    {
        var best = Nearest(given, candidates);
        return best is null ? string.Empty : $" Did you mean \"{best}\"?";
    }

    /// <summary>The nearest candidate, or null where none is near enough.</summary>
    public static string? Nearest(string given, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(given.ToLowerInvariant(), candidate.ToLowerInvariant());
            var limit = Math.Max(1, Math.Max(given.Length, candidate.Length) / 3);
            if (distance <= limit && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                rows[i, j] = swapped ? Math.Min(value, rows[i - 2, j - 2] + 1) : value;
            }
        }

        return rows[a.Length, b.Length];
    }
}
