using System.Runtime.InteropServices;

namespace Sandbox.Data.Text;

/// <summary>Numbers of texts by their characters, as a double array: from a node one character leads to at most one other node, found
/// with two look-ups. Characters that stand in no text have no code.</summary>
internal sealed class CharacterTrie
{
    private readonly ushort[] _codes = new ushort[char.MaxValue + 1];
    private Node[] _nodes = new Node[1 << 12];
    private int _firstFree = 1;

    public CharacterTrie(IEnumerable<KeyValuePair<string, int>> pieces)
    {
        var sorted = pieces.Where(p => p.Key.Length > 0).OrderBy(p => p.Key, StringComparer.Ordinal).ToArray();
        foreach (var c in sorted.SelectMany(p => p.Key).Distinct().Order())
        {
            _codes[c] = ++CodeCount;
        }

        _nodes.AsSpan().Fill(Node.Free);
        _nodes[0] = new Node(0, 0, -1);
        if (sorted.Length > 0)
        {
            Place(sorted, 0, 0);
        }
    }

    /// <summary>Where every text begins.</summary>
    public const int Root = 0;

    private ushort CodeCount { get; }

    /// <summary>The node behind a character, or -1.</summary>
    public int Next(int node, char c)
    {
        var code = _codes[c];
        if (code == 0)
        {
            return -1;
        }

        var at = _nodes[node].Base + code;
        return (uint)at < (uint)_nodes.Length && _nodes[at].Parent == node ? at : -1;
    }

    /// <summary>The number of the text that ends at a node, or -1.</summary>
    public int ValueAt(int node) => _nodes[node].Value;

    private void Place(ReadOnlySpan<KeyValuePair<string, int>> pieces, int depth, int node)
    {
        if (pieces[0].Key.Length == depth)
        {
            _nodes[node] = _nodes[node] with { Value = pieces[0].Value };
            pieces = pieces[1..];
        }

        if (pieces.IsEmpty)
        {
            return;
        }

        var children = Children(pieces, depth);
        var start = FindBase(pieces, children, depth);
        _nodes[node] = _nodes[node] with { Base = start };
        foreach (var (from, _) in children)
        {
            _nodes[start + _codes[pieces[from].Key[depth]]] = new Node(0, node, -1);
        }

        foreach (var (from, to) in children)
        {
            Place(pieces[from..to], depth + 1, start + _codes[pieces[from].Key[depth]]);
        }
    }

    private static List<(int From, int To)> Children(ReadOnlySpan<KeyValuePair<string, int>> pieces, int depth)
    {
        var children = new List<(int, int)>();
        for (var from = 0; from < pieces.Length;)
        {
            var to = from + 1;
            while (to < pieces.Length && pieces[to].Key[depth] == pieces[from].Key[depth])
            {
                to++;
            }

            children.Add((from, to));
            from = to;
        }

        return children;
    }

    private int FindBase(ReadOnlySpan<KeyValuePair<string, int>> pieces, List<(int From, int To)> children, int depth)
    {
        while (_firstFree < _nodes.Length && _nodes[_firstFree].Parent >= 0)
        {
            _firstFree++;
        }

        var first = _codes[pieces[children[0].From].Key[depth]];
        for (var slot = Math.Max(_firstFree, first + 1); ; slot++)
        {
            var start = slot - first;
            var last = start + _codes[pieces[children[^1].From].Key[depth]];
            Reserve(last + 1);
            var fits = true;
            foreach (var (from, _) in children)
            {
                fits &= _nodes[start + _codes[pieces[from].Key[depth]]].Parent < 0;
            }

            if (fits)
            {
                return start;
            }
        }
    }

    private void Reserve(int count)
    {
        if (count > _nodes.Length)
        {
            var before = _nodes.Length;
            Array.Resize(ref _nodes, Math.Max(count, before * 2));
            _nodes.AsSpan(before).Fill(Node.Free);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(int Base, int Parent, int Value)
    {
        public static Node Free { get; } = new(0, -1, -1);
    }
}
