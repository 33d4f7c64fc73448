namespace Sandbox.Core.Logs;

/// <summary>Cuts the bytes of a stream, in whatever portions they come, into pieces. A piece that is too long to be a
/// line of a training is passed over without being kept.</summary>
internal sealed class LogPieces(string stream, LogPosition start, Action<LogPiece> handle)
{
    private const int LongestPiece = 256 * 1024;
    private readonly List<byte> _kept = [];
    private LogPosition _position = start;
    private long _length;

    /// <summary>Start of the piece that has not ended.</summary>
    public LogPosition Position => _position;

    /// <summary>Takes the next bytes.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                Keep(bytes);
                return;
            }

            Finish(bytes[..end]);
            var next = _position.Offset + 1;
            _position = new LogPosition(next, bytes[end] == '\n' ? next : _position.LineStart);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The stream has ended: what is left is a piece.</summary>
    public void Complete() => Finish([]);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_length <= LongestPiece)
        {
            _kept.AddRange(bytes);
        }
        else
        {
            _kept.Clear();
            _kept.TrimExcess();
        }
    }

    private void Finish(ReadOnlySpan<byte> rest)
    {
        if (_length == 0)
        {
            _length = rest.Length;
            Handle(rest);
        }
        else
        {
            Keep(rest);
            Handle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept));
        }

        _position = _position with { Offset = _position.Offset + _length };
        _length = 0;
        _kept.Clear();
    }

    private void Handle(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && _length <= LongestPiece)
        {
            handle(new LogPiece(stream, bytes, _position));
        }
    }
}
