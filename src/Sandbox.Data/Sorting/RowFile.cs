using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Data.Sorting;

/// <summary>A scratch file of rows of one width: written at its end, read from anywhere, deleted with the object.</summary>
internal sealed class RowFile : IDisposable
{
    private const int MinimumBuffer = 512;
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly int _width;
    private readonly uint[] _pending;
    private int _pendingLength;
    private long _written;

    public RowFile(string path, int width, int bufferBytes = 1 << 16)
    {
        (_path, _width) = (path, width);
        _handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        _pending = new uint[BufferLength(bufferBytes)];
    }

    /// <summary>Rows so far.</summary>
    public long Rows => (_written + _pendingLength) / _width;

    /// <summary>Appends whole rows.</summary>
    public void Append(ReadOnlySpan<uint> rows)
    {
        if (rows.Length > _pending.Length - _pendingLength)
        {
            Flush();
        }

        if (rows.Length > _pending.Length)
        {
            WriteOut(rows);
            return;
        }

        rows.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += rows.Length;
    }

    /// <summary>Reads all rows.</summary>
    public RowReader Read() => Read(0, Rows, 1 << 16);

    /// <summary>Reads a part of the rows.</summary>
    public RowReader Read(long firstRow, long count, int bufferBytes)
    {
        Flush();
        return new Reader(this, firstRow * _width, count * _width, new uint[BufferLength(bufferBytes)]);
    }

    public void Dispose()
    {
        _handle.Dispose();
        File.Delete(_path);
    }

    private int BufferLength(int bytes) => Math.Max(bytes / sizeof(uint), MinimumBuffer) / _width * _width;

    private void Flush()
    {
        WriteOut(_pending.AsSpan(0, _pendingLength));
        _pendingLength = 0;
    }

    private void WriteOut(ReadOnlySpan<uint> numbers)
    {
        RandomAccess.Write(_handle, MemoryMarshal.AsBytes(numbers), _written * sizeof(uint));
        _written += numbers.Length;
    }

    private void ReadAt(Span<uint> numbers, long offset)
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_handle, bytes[done..], (offset * sizeof(uint)) + done);
            done += read > 0 ? read : throw new EndOfStreamException($"The scratch file {_path} was cut short by someone else.");
        }
    }

    private sealed class Reader(RowFile file, long offset, long length, uint[] buffer) : RowReader
    {
        private long _offset = offset;
        private long _left = length;
        private int _filled;
        private int _at = -file._width;

        public override ReadOnlySpan<uint> Current => buffer.AsSpan(_at, file._width);

        public override bool Read()
        {
            _at += file._width;
            if (_at < _filled)
            {
                return true;
            }

            _filled = (int)Math.Min(buffer.Length, _left);
            file.ReadAt(buffer.AsSpan(0, _filled), _offset);
            (_offset, _left, _at) = (_offset + _filled, _left - _filled, 0);
            return _filled > 0;
        }
    }
}
