namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>Joins the symbols of a word in place; joined ones become -1. A queue finds the next pair, so that a word of a
/// million characters takes no million times a million steps.</summary>
internal sealed class SymbolChain
{
    private readonly List<int> _symbols;
    private readonly BytePairModel _model;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly PriorityQueue<(int Left, int Right, int LeftId, int RightId, int Joined), (int Rank, int Left)> _pairs = new();

    public SymbolChain(List<int> symbols, BytePairModel model)
    {
        (_symbols, _model) = (symbols, model);
        (_next, _previous) = (new int[symbols.Count], new int[symbols.Count]);
        for (var i = 0; i < symbols.Count; i++)
        {
            (_next[i], _previous[i]) = (i + 1 < symbols.Count ? i + 1 : -1, i - 1);
        }
    }

    public void Join()
    {
        for (var i = 0; i + 1 < _symbols.Count; i++)
        {
            Offer(i, i + 1);
        }

        while (_pairs.TryDequeue(out var pair, out _))
        {
            // A pair whose symbols were joined otherwise meanwhile no longer counts.
            if (_symbols[pair.Left] == pair.LeftId && _symbols[pair.Right] == pair.RightId && _next[pair.Left] == pair.Right)
            {
                Replace(pair.Left, pair.Right, pair.Joined);
            }
        }
    }

    private void Replace(int left, int right, int joined)
    {
        (_symbols[left], _symbols[right]) = (joined, -1);
        _next[left] = _next[right];
        if (_next[left] >= 0)
        {
            _previous[_next[left]] = left;
            Offer(left, _next[left]);
        }

        if (_previous[left] >= 0)
        {
            Offer(_previous[left], left);
        }
    }

    private void Offer(int left, int right)
    {
        if (_model.TryMerge(_symbols[left], _symbols[right], out var merge))
        {
            _pairs.Enqueue((left, right, _symbols[left], _symbols[right], merge.Id), (merge.Rank, left));
        }
    }
}
