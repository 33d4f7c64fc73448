using Sandbox.Environments.Supervision.Files;

namespace Sandbox.Environments.Supervision;

/// <summary>Reads the bytes of a stream of a process across its files, from any offset on.</summary>
public sealed class OutputReader
{
    // Small enough to die young.
    private const int ChunkSize = 64 << 10;
    private readonly ProcessFiles _files;
    private readonly string _stream;
    private long _segment;

    internal OutputReader(ProcessFiles files, string stream, long offset)
    {
        (_files, _stream, Offset) = (files, stream, offset);
        _segment = files.Segments(stream).LastOrDefault(s => s <= offset);
    }

    /// <summary>Reads a stream of the process of a directory, whoever looks after it.</summary>
    /// <param name="directory">The process's directory.</param>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="offset">The first byte.</param>
    public static OutputReader Of(string directory, string stream, long offset = 0) => new(new ProcessFiles(directory), stream, offset);

    /// <summary>Passes over output that was removed after it had been read (<see cref="Forget"/>).</summary>
    /// <returns>How many bytes are not there any more.</returns>
    public long SkipForgotten()
    {
        var next = _files.Segments(_stream).FirstOrDefault(s => s > Offset);
        if (next == 0 || File.Exists(_files.Segment(_stream, Offset)))
        {
            return 0;
        }

        var gone = next - Offset;
        (Offset, _segment) = (next, next);
        return gone;
    }

    /// <summary>How far it has read, in bytes from the start of the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>The next bytes; none where there are no more for now.</summary>
    public async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var path = _files.Segment(_stream, _segment);
            var available = File.Exists(path) ? new FileInfo(path).Length - (Offset - _segment) : 0;
            if (available > 0)
            {
                var buffer = new byte[Math.Min(available, ChunkSize)];
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var count = await RandomAccess.ReadAsync(file, buffer, Offset - _segment, cancellationToken);
                Offset += count;
                return buffer.AsMemory(0, count);
            }

            if (Offset == _segment || !File.Exists(_files.Segment(_stream, Offset)))
            {
                return default;
            }

            _segment = Offset;
        }
    }

    /// <summary>Removes the files that have been read, all but the first and some of the last, so that a program that
    /// prints without end does not fill the disk.</summary>
    /// <param name="upTo">Bytes that nobody needs again.</param>
    public void Forget(long upTo)
    {
        const int Kept = 4;
        var segments = _files.Segments(_stream);
        foreach (var (start, _) in segments.Zip(segments.Skip(1)).Skip(1).SkipLast(Kept).Where(s => s.Second <= upTo))
        {
            File.Delete(_files.Segment(_stream, start));
        }
    }
}
