namespace Sandbox.Engine.Definitions.Validation;

/// <summary>The "did you mean" of a message.</summary>
internal static class Nearest
{
    /// <summary>Beyond this many candidates a suggestion costs more than it helps.</summary>
    private const int MaxCandidates = 500;

    /// <summary>A sentence with a leading blank, or nothing where no candidate is near: a third of the letters may differ.</summary>
    public static string Hint(string given, IReadOnlyCollection<string> candidates)
    {
        if (candidates.Count is 0 or > MaxCandidates || given.Length > 200)
        {
            return string.Empty;
        }

        var (distance, best) = candidates.Select(candidate => (Distance(given, candidate), candidate)).Min();
        return distance <= Math.Max(1, Math.Max(given.Length, best.Length) / 3) ? $" Did you mean \"{best}\"?" : string.Empty;
    }

    /// <summary>Levenshtein's distance, ignoring case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                diagonal = row[j];
                row[j] = value;
            }
        }

        return row[b.Length];
    }
}
