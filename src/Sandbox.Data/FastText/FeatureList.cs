namespace Sandbox.Data.FastText;

/// <summary>The rows of the input matrix that a text asks for, in order; one list a thread, so that a text costs no
/// garbage.</summary>
internal sealed class FeatureList
{
    [ThreadStatic]
    private static FeatureList? _own;

    private int[] _items = new int[4096];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>Hashes of the words, which word n-grams are made of.</summary>
    public List<int> WordHashes { get; } = [];

    /// <summary>The list of this thread, empty.</summary>
    public static FeatureList Rent()
    {
        var list = _own ??= new FeatureList();
        list.Count = 0;
        list.WordHashes.Clear();
        return list;
    }

    public void Add(int row)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = row;
    }
}
