using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Exports;

/// <summary>CSV or TSV with a line of names. Which columns there are is known when all rows are: until then they wait in a
/// scratch file. Lists and objects are written as JSON, null as an empty cell.</summary>
internal sealed class TableExport(string path, string compression, string delimiter, string scratch) : IExport
{
    private const int FlushCharacters = 1 << 16;
    private readonly AtomicFile _file = new(path, compression);
    private readonly ScratchLines _lines = new(scratch);
    private readonly OrderedDictionary<string, bool> _columns = new(StringComparer.Ordinal);
    private readonly RowParser _parser = new();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        foreach (var line in JsonLines.Of(lines))
        {
            foreach (var name in Parse(line).Keys)
            {
                _columns.TryAdd(name, true);
            }
        }

        await _lines.AddAsync(lines, cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, NewLine = "\n" });
        foreach (var name in _columns.Keys)
        {
            csv.WriteField(name);
        }

        await csv.NextRecordAsync();
        await foreach (var batch in _lines.ReadAsync(cancellationToken))
        {
            foreach (var raw in batch.Rows)
            {
                WriteRow(csv, Parse(batch.Buffer.Slice(raw.Start, raw.Length)));
                await csv.NextRecordAsync();
            }

            if (text.GetStringBuilder().Length >= FlushCharacters)
            {
                await FlushAsync(csv, text, cancellationToken);
            }
        }

        await FlushAsync(csv, text, cancellationToken);
        await _file.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        return _file.DisposeAsync();
    }

    private async Task FlushAsync(CsvWriter csv, StringWriter text, CancellationToken cancellationToken)
    {
        await csv.FlushAsync();
        await _file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        text.GetStringBuilder().Clear();
    }

    private Row Parse(ReadOnlyMemory<byte> line)
    {
        var row = _parser.Parse(line).Row ?? throw new InvalidOperationException("a row that was written cannot be read.");
        if (row.Stats.Count > 0)
        {
            row.Set(ColumnNames.Stats, row.Stats.ToJson());
        }

        return row;
    }

    private void WriteRow(CsvWriter csv, Row row)
    {
        foreach (var name in _columns.Keys)
        {
            csv.WriteField(Cell(row.Get(name)));
        }
    }

    private static string Cell(JsonNode? value) => value?.GetValueKind() switch
    {
        null => string.Empty,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.ToJsonString(RowWriter.Relaxed),
    };
}
