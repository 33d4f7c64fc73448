namespace Sandbox.Components.DataEvaluator.Captions.Scores;

/// <summary>ROUGE-L as the COCO evaluation computes it: the longest common subsequence with each reference, the best
/// precision and the best recall, β = 1.2.</summary>
/// <remarks>Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004.</remarks>
internal static class RougeL
{
    private const double BetaSquared = 1.2 * 1.2;

    public static double Score(string candidate, IReadOnlyList<string> references)
    {
        var words = Words(candidate);
        if (words.Length == 0)
        {
            return 0;
        }

        var (precision, recall) = (0.0, 0.0);
        foreach (var reference in references.Select(Words).Where(r => r.Length > 0))
        {
            double common = CommonSubsequence(words, reference);
            precision = Math.Max(precision, common / words.Length);
            recall = Math.Max(recall, common / reference.Length);
        }

        return precision == 0 || recall == 0 ? 0 : (1 + BetaSquared) * precision * recall / (recall + (BetaSquared * precision));
    }

    // At plain spaces only: a number with a no-break space inside stays one word here.
    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int CommonSubsequence(string[] a, string[] b)
    {
        var lengths = new int[b.Length + 1];
        foreach (var word in a)
        {
            var before = 0;
            for (var j = 0; j < b.Length; j++)
            {
                var above = lengths[j + 1];
                lengths[j + 1] = word == b[j] ? before + 1 : Math.Max(above, lengths[j]);
                before = above;
            }
        }

        return lengths[^1];
    }
}
