namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Improved precision and recall: the share of one set that lies within reach of the other, reach being the
/// distance of a row to its nearest neighbours.</summary>
/// <remarks>Kynkäänniemi et al., 2019.</remarks>
internal static class Coverage
{
    /// <summary>The share of probes that lie within the radius of any row of the manifold.</summary>
    /// <param name="manifold">The set whose rows have a radius.</param>
    /// <param name="probes">The set that is looked at.</param>
    /// <param name="neighbours">The radius reaches to this nearest other row.</param>
    public static double Of(double[][] manifold, double[][] probes, int neighbours)
    {
        var radii = manifold.Select((row, i) => manifold
            .Where((_, j) => j != i).Select(other => Rows.Distance(row, other)).Order().ElementAt(neighbours - 1)).ToArray();
        var inside = probes.Count(p => manifold.Index().Any(m => Rows.Distance(p, m.Item) <= radii[m.Index]));
        return (double)inside / probes.Length;
    }
}
