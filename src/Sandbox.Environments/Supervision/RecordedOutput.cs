using Sandbox.Environments.Supervision.Files;

namespace Sandbox.Environments.Supervision;

/// <summary>What a supervised process printed on one stream, as it lies on disk: for whoever looks without watching the process.
/// The middle of a very long output may be gone.</summary>
public sealed class RecordedOutput
{
    private static readonly string[] Streams = ["stdout", "stderr"];
    private readonly ProcessFiles _files;
    private readonly string _stream;

    private RecordedOutput(ProcessFiles files, string stream) => (_files, _stream) = (files, stream);

    /// <summary>Process and stream, as in <c>train/stdout</c>.</summary>
    public string Name => $"{Path.GetFileName(_files.Root)}/{_stream}";

    /// <summary>Bytes printed so far.</summary>
    public long Length => _files.Segments(_stream) is [.., var last] && new FileInfo(_files.Segment(_stream, last)) is { Exists: true } file ? last + file.Length : 0;

    /// <summary>The outputs of the processes whose directories lie in one; those that printed nothing are left out.</summary>
    public static IReadOnlyList<RecordedOutput> In(string directory) => !Directory.Exists(directory) ? [] :
    [
        .. Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal)
            .SelectMany(d => Streams.Select(s => new RecordedOutput(new ProcessFiles(d), s))).Where(o => o.Length > 0),
    ];

    /// <summary>Reads from a place on; where that part is gone, from the next one that is there.</summary>
    /// <param name="from">Bytes from the start of the stream.</param>
    /// <param name="most">At most so many bytes; fewer may come although there are more.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Where the bytes begin, and the bytes.</returns>
    public async Task<(long From, byte[] Bytes)> ReadAsync(long from, int most, CancellationToken cancellationToken)
    {
        foreach (var start in _files.Segments(_stream))
        {
            var path = _files.Segment(_stream, start);
            if (new FileInfo(path) is { Exists: true } file && start + file.Length > from)
            {
                using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var begin = Math.Max(from, start);
                var bytes = new byte[(int)Math.Min(most, start + file.Length - begin)];
                var count = await RandomAccess.ReadAsync(handle, bytes, begin - start, cancellationToken);
                return (begin, bytes[..count]);
            }
        }

        return (from, []);
    }
}
