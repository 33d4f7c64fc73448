using System.IO.Compression;
using Sandbox.Core.Faults;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>Reads the lines of a file as bytes, without copying; packed files (gzip) are unpacked.</summary>
internal sealed class ArpaLines(Stream stream, string name) : IDisposable
{
    private const int LongestLine = 1 << 20;
    private readonly Stream _stream = Unpack(stream);
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; false after the last.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0 || (_ended && _end > _start))
            {
                var length = found >= 0 ? found : _end - _start;
                line = _buffer.AsSpan(_start, length).TrimEnd((byte)'\r');
                _start = Math.Min(_end, _start + length + 1);
                Number++;
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    /// <summary>The next line that is not blank, without blanks around it.</summary>
    /// <param name="expected">What the message says is missing where the file ends before.</param>
    public ReadOnlySpan<byte> NextFilled(string expected)
    {
        while (Next(out var line))
        {
            line = line.Trim(" \t"u8);
            if (!line.IsEmpty)
            {
                return line;
            }
        }

        throw Fault($"the file ends too early, before {expected}");
    }

    /// <summary>An error at the line read last.</summary>
    public JobFailedException Fault(string problem) => Fault(Number, problem);

    private JobFailedException Fault(long line, string problem) => new(FormattableString.Invariant($"{name}:{line}: {problem}"));

    public void Dispose() => _stream.Dispose();

    private static Stream Unpack(Stream stream)
    {
        var packed = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        return packed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
            {
                throw Fault(Number + 1, "the line is longer than 1 MB: this is no ARPA file.");
            }

            Array.Resize(ref _buffer, _end * 2);
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        (_end, _ended) = (_end + read, read == 0);
    }
}
