using System.Text;
using System.Text.Unicode;

namespace Sandbox.Core.Logs;

/// <summary>A piece of a line: what stands between line feeds and carriage returns.</summary>
internal sealed class LogPiece
{
    private readonly bool _isUtf8;

    /// <summary>A piece of a stream.</summary>
    public LogPiece(string stream, ReadOnlySpan<byte> bytes, LogPosition position)
    {
        (Stream, Position) = (stream, position);
        _isUtf8 = Utf8.IsValid(bytes);

        // What is no UTF-8 is read byte by byte, so that offsets stay true.
        Text = (_isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
    }

    public string Stream { get; }

    public string Text { get; }

    /// <summary>Where the piece and its line start.</summary>
    public LogPosition Position { get; }

    /// <summary>A finding whose text starts at a place of <see cref="Text"/>.</summary>
    public LogFinding Finding(int index)
    {
        var before = _isUtf8 ? Encoding.UTF8.GetByteCount(Text.AsSpan(0, index)) : index;
        return new LogFinding(Stream, Position.LineStart, Position.Offset + before) { Time = LogTime.Before(Text, index) };
    }
}
