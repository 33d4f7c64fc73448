namespace Sandbox.Data.FastText;

/// <summary>Adds up the rows of the input matrix that a text asks for, in order; one list a thread, so that a text costs no
/// garbage, and as long as a text may be, no more memory.</summary>
internal sealed class FeatureList
{
    private const int MostWaiting = 1 << 14;

    [ThreadStatic]
    private static FeatureList? _own;

    private readonly int[] _waiting = new int[MostWaiting];
    private int _count;
    private IMatrix? _matrix;
    private float[] _sum = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Hashes of the words, which word n-grams are made of.</summary>
    public List<int> WordHashes { get; } = [];

    /// <summary>The list of this thread, empty.</summary>
    /// <param name="matrix">What the rows are of.</param>
    public static FeatureList Rent(IMatrix matrix)
    {
        var list = _own ??= new FeatureList();
        (list._matrix, list._count, list.Count) = (matrix, 0, 0);
        list._sum = list._sum.Length == matrix.Columns ? list._sum : new float[matrix.Columns];
        list._sum.AsSpan().Clear();
        list.WordHashes.Clear();
        return list;
    }

    public void Add(int row)
    {
        if (_count == MostWaiting)
        {
            AddUp();
        }

        _waiting[_count++] = row;
        Count++;
    }

    /// <summary>The sum of the rows; valid until the list is rented again.</summary>
    public Span<float> Sum()
    {
        AddUp();
        return _sum;
    }

    private void AddUp()
    {
        _matrix!.Sum(_waiting.AsSpan(0, _count), _sum);
        _count = 0;
    }
}
