using System.Runtime.InteropServices;

namespace Sandbox.Data.FastText;

/// <summary>Labels are the leaves of a Huffman tree; the probability of one is the product of the choices on the way to it.
/// Only branches that can still win are walked.</summary>
internal sealed class HierarchicalSoftmax : IOutputLayer
{
    private const long Unset = 1_000_000_000_000_000;

    // The program gives up branches less probable than its threshold, which is 0 by default.
    private static readonly float Threshold = SafeLogarithm.Of(0);
    private readonly IMatrix _output;
    private readonly int _labels;
    private readonly Node[] _tree;

    public HierarchicalSoftmax(IMatrix output, IReadOnlyList<long> counts)
    {
        (_output, _labels) = (output, counts.Count);
        _tree = Build(counts);
    }

    public (int Label, float Logarithm) Best(ReadOnlySpan<float> hidden)
    {
        var best = (Label: -1, Logarithm: 0f);
        if (_labels > 0)
        {
            Walk(_tree.Length - 1, 0, hidden, ref best);
        }

        return best;
    }

    // Labels come by falling count, so two pointers find the two smallest nodes.
    private static Node[] Build(IReadOnlyList<long> counts)
    {
        var labels = counts.Count;
        var tree = new Node[Math.Max(0, (2 * labels) - 1)];
        for (var i = 0; i < tree.Length; i++)
        {
            tree[i] = new Node(-1, -1, i < labels ? counts[i] : Unset);
        }

        var (leaf, node) = (labels - 1, labels);
        for (var i = labels; i < tree.Length; i++)
        {
            var left = leaf >= 0 && tree[leaf].Count < tree[node].Count ? leaf-- : node++;
            var right = leaf >= 0 && tree[leaf].Count < tree[node].Count ? leaf-- : node++;
            tree[i] = new Node(left, right, tree[left].Count + tree[right].Count);
        }

        return tree;
    }

    private void Walk(int at, float score, ReadOnlySpan<float> hidden, ref (int Label, float Logarithm) best)
    {
        if (score < Threshold || (best.Label >= 0 && score < best.Logarithm))
        {
            return;
        }

        var node = _tree[at];
        if (node.Left < 0)
        {
            best = (at, score);
            return;
        }

        var right = (float)(1.0 / (1 + MathF.Exp(-_output.Dot(at - _labels, hidden))));
        Walk(node.Left, score + SafeLogarithm.Of((float)(1.0 - right)), hidden, ref best);
        Walk(node.Right, score + SafeLogarithm.Of(right), hidden, ref best);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(int Left, int Right, long Count);
}
