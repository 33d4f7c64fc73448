using System.Runtime.CompilerServices;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Datasets;

/// <summary>Cuts JSON lines into batches of whole lines. What is held is a batch, or the longest line.</summary>
internal static class JsonLinesReader
{
    // Below the size from which arrays are put on the heap of large objects.
    private const int BatchBytes = 80_000;
    private const int LongestLine = 1 << 30;

    public static async IAsyncEnumerable<RawBatch> ReadAsync(
        DatasetFile file, Stream stream, Func<long> position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BatchBytes);
        var (filled, line, isStart) = (0, 1L, true);
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, cancellationToken);
            filled += read;
            var isEnd = filled < buffer.Length;
            var used = isEnd ? filled : buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (used == 0 && !isEnd)
            {
                buffer = Grow(buffer, file, line);
                continue;
            }

            var rest = GC.AllocateUninitializedArray<byte>(Math.Max(BatchBytes, filled - used));
            buffer.AsSpan(used, filled - used).CopyTo(rest);
            var rows = Split(buffer.AsSpan(0, used), ref line, isStart);
            isStart = false;
            yield return new RawBatch(file, buffer, rows, position());
            if (isEnd)
            {
                yield break;
            }

            (buffer, filled) = (rest, filled - used);
        }
    }

    private static byte[] Grow(byte[] buffer, DatasetFile file, long line)
    {
        if (buffer.Length >= LongestLine)
        {
            throw new JobFailedException(FormattableString.Invariant($"{file.Name}:{line}: the line is longer than 1 GiB: is this really a file of JSON lines?"));
        }

        Array.Resize(ref buffer, buffer.Length * 2);
        return buffer;
    }

    private static List<RawRow> Split(ReadOnlySpan<byte> bytes, ref long line, bool isStart)
    {
        var rows = new List<RawRow>();
        var at = isStart && bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < bytes.Length)
        {
            var length = bytes[at..].IndexOf((byte)'\n');
            length = length < 0 ? bytes.Length - at : length;
            if (bytes.Slice(at, length).IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                rows.Add(new RawRow(at, length, line));
            }

            at += length + 1;
            line++;
        }

        return rows;
    }
}
