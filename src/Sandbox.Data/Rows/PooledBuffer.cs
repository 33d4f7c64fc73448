namespace Sandbox.Data.Rows;

/// <summary>Bytes that grow in arrays of <see cref="ByteArrays"/>.</summary>
internal sealed class PooledBuffer(int capacity) : IDisposable
{
    private byte[] _bytes = ByteArrays.Rent(capacity);
    private int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    public void Clear() => _count = 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _count < bytes.Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    public void Advance(int count) => _count += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_bytes.Length - _count < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }

        return _bytes.AsSpan(_count);
    }


    public void Dispose()
    {
        ByteArrays.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    // A long line takes what it needs and no more; short ones double.
    private void Grow(int more)
    {
        var needed = _count + more;
        var larger = ByteArrays.Rent(Math.Max(needed, (int)Math.Min(2L * _bytes.Length, _bytes.Length + (16L << 20))));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ByteArrays.Return(_bytes);
        _bytes = larger;
    }
}
