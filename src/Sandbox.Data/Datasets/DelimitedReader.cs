using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Datasets;

/// <summary>Reads CSV and TSV with a line of names. As pandas does for upstream, a first pass finds out which columns
/// are numbers, and empty cells and the usual words for "no value" are null.</summary>
internal static class DelimitedReader
{
    public static async IAsyncEnumerable<RawBatch> ReadAsync(
        DatasetFile file, Func<Stream> open, Func<long> position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = await InspectAsync(file, open, cancellationToken);
        using var csv = Open(file, open());
        using var rows = new RowsAsJson(file, position);
        _ = await csv.ReadAsync() && csv.ReadHeader();
        while (await csv.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(csv.Context.Parser!.RawRow, writer => Write(writer, csv, columns));
            if (rows.IsFull)
            {
                yield return rows.Take();
            }
        }

        if (!rows.IsEmpty)
        {
            yield return rows.Take();
        }
    }

    private static async Task<IReadOnlyList<DelimitedColumn>> InspectAsync(DatasetFile file, Func<Stream> open, CancellationToken cancellationToken)
    {
        using var csv = Open(file, open());
        if (!await csv.ReadAsync())
        {
            return [];
        }

        csv.ReadHeader();
        var columns = csv.HeaderRecord!.Select(name => new DelimitedColumn(name)).ToList();
        while (await csv.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Count; i++)
            {
                columns[i].See(Cell(csv, i));
            }
        }

        return columns;
    }

    private static CsvReader Open(DatasetFile file, Stream stream) => new(
        new StreamReader(stream, Encoding.UTF8),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = file.Format == DatasetFormat.Tsv ? "\t" : ",",
            MissingFieldFound = null,
            DetectColumnCountChanges = false,
            IgnoreBlankLines = true,
            BadDataFound = bad => throw new JobFailedException(FormattableString.Invariant($"{file.Name}:{bad.Context.Parser?.RawRow ?? 1}: a quotation mark stands where none may: quote the whole cell and double the mark.")),
        });

    private static string? Cell(CsvReader csv, int column) =>
        csv.TryGetField<string>(column, out var cell) && cell is not null && !DelimitedColumn.MeansNull(cell) ? cell : null;

    private static void Write(Utf8JsonWriter writer, CsvReader csv, IReadOnlyList<DelimitedColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            columns[i].Write(writer, Cell(csv, i));
        }
    }
}
