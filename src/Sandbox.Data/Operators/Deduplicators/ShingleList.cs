using System.Text;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>The tokens of one text in UTF-8, and the shingles that they make.</summary>
internal sealed class ShingleList
{
    [ThreadStatic]
    private static ShingleList? _own;

    private byte[] _bytes = new byte[1 << 12];
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];
    private int _used;
    private int _tokens;
    private int _window;

    /// <summary>How many shingles there are.</summary>
    public int Count => Math.Max(0, _tokens - _window + 1);

    /// <summary>The bytes of a shingle.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_starts[index].._ends[index + _window - 1]);

    /// <summary>The list of this thread, empty, with room for a text.</summary>
    public static ShingleList Rent(int textLength, int window)
    {
        var list = _own ??= new ShingleList();
        // A separator may come with each character.
        var most = Encoding.UTF8.GetMaxByteCount(textLength) + textLength + 1;
        if (list._bytes.Length < most)
        {
            list._bytes = new byte[most];
        }

        (list._used, list._tokens, list._window) = (0, 0, window);
        return list;
    }

    public void Add(ReadOnlySpan<char> token, bool isSeparated)
    {
        if (isSeparated && _tokens > 0)
        {
            _bytes[_used++] = (byte)' ';
        }

        if (_tokens == _starts.Length)
        {
            Array.Resize(ref _starts, _tokens * 2);
            Array.Resize(ref _ends, _tokens * 2);
        }

        _starts[_tokens] = _used;
        _used += Encoding.UTF8.GetBytes(token, _bytes.AsSpan(_used));
        _ends[_tokens++] = _used;
    }
}
