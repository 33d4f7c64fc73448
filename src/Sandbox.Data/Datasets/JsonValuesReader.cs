using System.Runtime.CompilerServices;

namespace Sandbox.Data.Datasets;

/// <summary>Cuts a JSON file into its rows: the objects of one list, or objects one after another. What is held is a
/// batch, or the longest object.</summary>
internal static class JsonValuesReader
{
    private const int BlockBytes = 1 << 16;

    public static async IAsyncEnumerable<RawBatch> ReadAsync(
        DatasetFile file, Stream stream, Func<long> position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scanner = new Scanner();
        var block = new byte[BlockBytes];
        int read;
        while ((read = await stream.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            scanner.Scan(block.AsSpan(0, read));
            if (scanner.Take() is { } batch)
            {
                yield return new RawBatch(file, batch.Buffer, batch.Rows, position());
            }
        }

        scanner.End();
        if (scanner.Take() is { } last)
        {
            yield return new RawBatch(file, last.Buffer, last.Rows, position());
        }
    }

    private sealed class Scanner
    {
        private readonly List<RawRow> _rows = [];
        private MemoryStream _bytes = new();
        private long _line = 1;
        private long _startLine;
        private int _start;
        private int _depth;
        private bool _isStart = true;
        private bool _isList;
        private bool _inValue;
        private bool _inText;
        private bool _escaped;

        public void Scan(ReadOnlySpan<byte> block)
        {
            var from = _isStart && block.StartsWith("\uFEFF"u8) ? 3 : 0;
            _isStart = false;
            for (var i = from; i < block.Length; i++)
            {
                var b = block[i];
                _line += b == '\n' ? 1 : 0;
                if (_inValue)
                {
                    Inside(b);
                }
                else
                {
                    Outside(b);
                }
            }
        }

        public void End()
        {
            if (_inValue)
            {
                Close();
            }
        }

        /// <summary>The whole rows so far.</summary>
        public (ReadOnlyMemory<byte> Buffer, List<RawRow> Rows)? Take()
        {
            if (_rows.Count == 0)
            {
                return null;
            }

            var rest = new MemoryStream();
            var bytes = _bytes.GetBuffer();
            var end = _inValue ? _start : (int)_bytes.Length;
            rest.Write(bytes, end, (int)_bytes.Length - end);
            var taken = (new ReadOnlyMemory<byte>(bytes, 0, end), new List<RawRow>(_rows));
            (_bytes, _start) = (rest, 0);
            _rows.Clear();
            return taken;
        }

        private void Outside(byte b)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' || (_isList && b == ']'))
            {
                return;
            }

            if (b == '[' && !_isList && _rows.Count == 0)
            {
                _isList = true;
                return;
            }

            (_inValue, _start, _startLine, _depth) = (true, (int)_bytes.Length, _line, 0);
            Inside(b);
        }

        private void Inside(byte b)
        {
            if (_depth == 0 && !_inText && (b is (byte)',' or (byte)'\n' || (_isList && b == ']')))
            {
                // A number or a word where an object should be: the parser will say so.
                Close();
                return;
            }

            _bytes.WriteByte(b);
            if (_inText)
            {
                _inText = _escaped || b != '"';
                _escaped = !_escaped && b == '\\';
                return;
            }

            _inText = b == '"';
            _depth += b is (byte)'{' or (byte)'[' ? 1 : b is (byte)'}' or (byte)']' ? -1 : 0;
            if (_depth == 0 && b is (byte)'}' or (byte)']')
            {
                Close();
            }
        }

        private void Close()
        {
            _rows.Add(new RawRow(_start, (int)_bytes.Length - _start, _startLine));
            (_inValue, _inText, _escaped) = (false, false, false);
        }
    }
}
