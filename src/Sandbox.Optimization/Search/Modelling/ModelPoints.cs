using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Search.Modelling;

/// <summary>A trial as the model sees it.</summary>
internal sealed record ModelPoint(double[] Row, double Value);

/// <summary>The trials as rows.</summary>
internal sealed record ModelPoints(IReadOnlyList<ModelPoint> Known, IReadOnlyList<double[]> Pending)
{
    public static ModelPoints Of(ModelData data, SearchSpace space, ModelSpace model) => new(
        [.. data.Known.Select(k => new ModelPoint(model.Row(space.Encode(k.Trial.Parameters)), k.Value))],
        [.. data.Pending.Select(t => model.Row(space.Encode(t.Parameters)))]);

    /// <summary>At most so many: the better half of them the best there are, the others drawn.</summary>
    public IReadOnlyList<ModelPoint> Thinned(int most, SeededRandom random)
    {
        if (Known.Count <= most)
        {
            return Known;
        }

        var ordered = Known.OrderBy(p => p.Value).ToList();
        return [.. ordered.Take(most / 2), .. ordered.Skip(most / 2).OrderBy(_ => random.Next()).Take(most - (most / 2))];
    }
}

/// <summary>Compares rows number by number.</summary>
internal sealed class RowComparer : IEqualityComparer<double[]>
{
    public static RowComparer Instance { get; } = new();

    public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(double[] obj) => obj.Aggregate(17, HashCode.Combine);
}
