using System.Runtime.CompilerServices;
using Sandbox.Core.Faults;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Datasets;

/// <summary>Cuts JSON lines into batches of whole lines. What is held is a batch, or the longest line.</summary>
internal static class JsonLinesReader
{
    // Large enough that handing batches over costs little, small enough to stay in the cache of a core.
    private const int BatchBytes = 1 << 18;
    private const int LongestLine = 1 << 30;

    public static async IAsyncEnumerable<RawBatch> ReadAsync(
        DatasetFile file, Stream stream, Func<long> position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ByteArrays.Rent(BatchBytes);
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

            var rest = ByteArrays.Rent(Math.Max(BatchBytes, filled - used));
            buffer.AsSpan(used, filled - used).CopyTo(rest);
            var rows = Split(buffer.AsSpan(0, used), ref line, isStart);
            isStart = false;
            yield return new RawBatch(file, buffer, rows, position()) { Rented = buffer };
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

        var larger = ByteArrays.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ByteArrays.Return(buffer);
        return larger;
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
