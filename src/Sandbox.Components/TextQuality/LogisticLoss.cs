namespace Sandbox.Components.TextQuality;

/// <summary>A text with its label, as counts of features.</summary>
internal sealed record LabelledCounts(IReadOnlyList<(int Index, double Count)> Counts, bool IsGood);

/// <summary>The mean logistic loss of labelled texts. Features are scaled by their deviation while training, as Spark does.
/// Only features that occur are unknowns.</summary>
internal sealed class LogisticLoss
{
    private const double LeastVariance = 1e-12;
    private readonly int _features;
    private readonly int[] _active;
    private readonly (int[] Places, double[] Values, bool IsGood)[] _rows;
    private readonly double[] _scale;

    /// <summary>The loss over some texts.</summary>
    /// <param name="rows">The texts.</param>
    /// <param name="features">Size of the table of features.</param>
    public LogisticLoss(IReadOnlyList<LabelledCounts> rows, int features)
    {
        _features = features;
        _active = [.. rows.SelectMany(r => r.Counts.Select(c => c.Index)).Distinct().Order()];
        _scale = Scales(rows);
        _rows = [.. rows.Select(Scaled)];
    }

    /// <summary>Number of unknowns; the last one is the intercept.</summary>
    public int Size => _active.Length + 1;

    /// <summary>The loss at a point and its gradient.</summary>
    public double At(double[] point, double[] gradient)
    {
        Array.Clear(gradient);
        var loss = 0.0;
        foreach (var (places, values, isGood) in _rows)
        {
            var margin = point[^1];
            for (var i = 0; i < places.Length; i++)
            {
                margin += point[places[i]] * values[i];
            }

            loss += Softplus(isGood ? -margin : margin);
            var slope = (QualityModel.Probability(margin) - (isGood ? 1 : 0)) / _rows.Length;
            for (var i = 0; i < places.Length; i++)
            {
                gradient[places[i]] += slope * values[i];
            }

            gradient[^1] += slope;
        }

        return loss / _rows.Length;
    }

    /// <summary>The model at a point, in the features' own scale.</summary>
    public QualityModel Model(double[] point)
    {
        var weights = new double[_features];
        foreach (var (i, index) in _active.Index())
        {
            weights[index] = point[i] * _scale[i];
        }

        return new QualityModel(_features, point[^1], weights);
    }

    private static double Softplus(double value) => value > 0 ? value + Math.Log(1 + Math.Exp(-value)) : Math.Log(1 + Math.Exp(value));

    private (int[] Places, double[] Values, bool IsGood) Scaled(LabelledCounts row)
    {
        int[] places = [.. row.Counts.Select(c => Array.BinarySearch(_active, c.Index))];
        return (places, [.. row.Counts.Zip(places, (c, place) => c.Count * _scale[place])], row.IsGood);
    }

    // One over the deviation (n − 1); features that never vary have no weight.
    private double[] Scales(IReadOnlyList<LabelledCounts> rows)
    {
        var (sums, squares) = (new double[_active.Length], new double[_active.Length]);
        foreach (var (index, count) in rows.SelectMany(r => r.Counts))
        {
            var place = Array.BinarySearch(_active, index);
            sums[place] += count;
            squares[place] += count * count;
        }

        return [.. sums.Zip(squares, (sum, square) =>
        {
            var variance = (square - (sum * sum / rows.Count)) / Math.Max(1, rows.Count - 1);
            return variance > LeastVariance ? 1 / Math.Sqrt(variance) : 0;
        })];
    }
}
