namespace Sandbox.Components.RecipeRefinement.ModelFeedback;

/// <summary>A bound that parts dirty samples from good ones.</summary>
/// <param name="Value">The bound; what lies beyond it is dropped.</param>
/// <param name="DirtyDropped">Share of the dirty samples beyond it.</param>
/// <param name="GoodDropped">Share of the good samples beyond it.</param>
internal sealed record FoundBound(double Value, double DirtyDropped, double GoodDropped)
{
    /// <summary>How much more of the dirty samples it drops than of the good ones.</summary>
    public double Gain => DirtyDropped - GoodDropped;
}

/// <summary>Looks for the bound on a statistic that drops the largest share of dirty samples more than of good ones
/// (Youden's index), while it drops no more of the good ones than allowed.</summary>
internal static class BoundSearch
{
    /// <summary>The best bound; null where there are no samples of both kinds or nothing beyond any bound.</summary>
    /// <param name="dirty">Values of the statistic of dirty samples.</param>
    /// <param name="good">Values of good samples.</param>
    /// <param name="isMaximum">Whether what is larger is dropped; else what is smaller.</param>
    /// <param name="mostGoodDropped">Share of the good samples that may be dropped.</param>
    public static FoundBound? Find(IReadOnlyList<double> dirty, IReadOnlyList<double> good, bool isMaximum, double mostGoodDropped)
    {
        if (dirty.Count == 0 || good.Count == 0)
        {
            return null;
        }

        // As if always a maximum: a minimum is one of the negated values.
        var sign = isMaximum ? 1 : -1;
        var samples = dirty.Select(v => (Value: v * sign, IsDirty: true)).Concat(good.Select(v => (Value: v * sign, IsDirty: false)))
            .OrderByDescending(s => s.Value).ToList();
        var (dirtyBeyond, goodBeyond, best) = (0, 0, default(FoundBound));
        for (var i = 0; i + 1 < samples.Count; i++)
        {
            _ = samples[i].IsDirty ? dirtyBeyond++ : goodBeyond++;
            if ((double)goodBeyond / good.Count > mostGoodDropped)
            {
                break;
            }

            // Halfway to the next sample, so that no sample lies on the bound.
            var (here, next) = (samples[i].Value, samples[i + 1].Value);
            var bound = new FoundBound(sign * ((here + next) / 2), (double)dirtyBeyond / dirty.Count, (double)goodBeyond / good.Count);
            if (here > next && (best is null || bound.Gain > best.Gain))
            {
                best = bound;
            }
        }

        return best;
    }
}
