using System.Runtime.CompilerServices;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Datasets;

/// <summary>
/// Streams the rows of a data set: JSON lines, JSON, CSV, TSV, plain text, also compressed with gzip or
/// Zstandard (told by content).
/// Blank lines and a byte order mark are skipped.
/// </summary>
public sealed class DatasetReader
{
    private readonly IReadOnlyList<DatasetFile> _files;
    private long _bytesBefore;
    private bool _wholeFiles;

    private DatasetReader(IReadOnlyList<DatasetFile> files)
    {
        _files = files;
        TotalBytes = files.Sum(f => new FileInfo(f.Path).Length);
    }

    /// <summary>Bytes on disk of all files.</summary>
    public long TotalBytes { get; }

    /// <summary>The files as the user names them, in the order in which they are read.</summary>
    public IReadOnlyList<string> Files => [.. _files.Select(f => f.Name)];

    internal IReadOnlyList<DatasetFile> DatasetFiles => _files;

    /// <summary>Opens a data set by paths as the user wrote them: files, directories, globs.</summary>
    /// <exception cref="JobFailedException">A path leads nowhere or to an unknown format.</exception>
    public static DatasetReader Open(IReadOnlyList<string> paths, IJobFiles files, IReadOnlyList<string>? suffixes = null) =>
        new(Datasets.DatasetFiles.Find(paths, files.ResolveRead, suffixes));

    /// <summary>Opens a data set by a path on disk.</summary>
    /// <exception cref="JobFailedException">The path leads nowhere or to an unknown format.</exception>
    public static DatasetReader Open(string path) => new(Datasets.DatasetFiles.Find([path], p => p));

    /// <summary>All rows in order.</summary>
    /// <param name="onBadRow">Told of each malformed row, which is then skipped; null fails at the first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JobFailedException">A row is malformed and nobody wants to know, or a file cannot be read.</exception>
    public async IAsyncEnumerable<Row> ReadAsync(
        Action<BadRow>? onBadRow = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var parser = new RowParser();
        var number = 0L;
        await foreach (var batch in ReadBatchesAsync(cancellationToken))
        {
            foreach (var raw in batch.Rows)
            {
                number++;
                var (row, problem) = parser.Parse(batch.Buffer.Slice(raw.Start, raw.Length));
                if (row is null)
                {
                    Report(new BadRow(batch.File.Name, raw.Line, problem!), onBadRow);
                    continue;
                }

                (row.Number, row.File, row.Line) = (number, batch.File.Name, raw.Line);
                yield return row;
            }
        }
    }

    /// <summary>Opens the data sets of a recipe.</summary>
    /// <exception cref="JobFailedException">A path leads nowhere or to an unknown format.</exception>
    internal static DatasetReader Open(IReadOnlyList<string> paths, IJobFiles files, RecipeSettings settings) =>
        new(Datasets.DatasetFiles.Find(paths, files.ResolveRead, settings.Suffixes)) { _wholeFiles = settings.SampleBy == "document" };

    internal async IAsyncEnumerable<RawBatch> ReadBatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _bytesBefore = 0;
        foreach (var file in _files)
        {
            var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using (raw)
            {
                // The reader of a format closes the file at its end.
                var length = raw.Length;
                var position = () => _bytesBefore + Math.Min(raw.Position, length);
                await foreach (var batch in ReadFile(file, raw, position, cancellationToken))
                {
                    yield return batch;
                }

                _bytesBefore += length;
            }
        }
    }

    private IAsyncEnumerable<RawBatch> ReadFile(
        DatasetFile file, FileStream raw, Func<long> position, CancellationToken cancellationToken) => file.Format switch
        {
            DatasetFormat.JsonLines => JsonLinesReader.ReadAsync(file, Compression.Unpack(raw, file.Name), position, cancellationToken),
            DatasetFormat.Json => JsonValuesReader.ReadAsync(file, Compression.Unpack(raw, file.Name), position, cancellationToken),
            DatasetFormat.PlainText => PlainTextReader.ReadAsync(file, Compression.Unpack(raw, file.Name), position, _wholeFiles, cancellationToken),
            _ => DelimitedReader.ReadAsync(file, () => Compression.Unpack(File.OpenRead(file.Path), file.Name), position, cancellationToken),
        };

    private static void Report(BadRow row, Action<BadRow>? onBadRow)
    {
        if (onBadRow is null)
        {
            throw new JobFailedException(row.ToString());
        }

        onBadRow(row);
    }
}
