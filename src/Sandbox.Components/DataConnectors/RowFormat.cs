using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Sandbox.Components.DataPools;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataConnectors;

/// <summary>Writes rows in one file format, one after the other.</summary>
internal abstract class RowFormat : IAsyncDisposable
{
    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">What messages call it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract ValueTask WriteAsync(JsonObject row, string place, CancellationToken cancellationToken);

    /// <summary>Ends the file; the stream stays open.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>The format of the options, onto a stream.</summary>
    public static RowFormat Of(DataConnectorOptions options, Stream stream) => options.Format switch
    {
        DataConnectorOptions.Csv => new Delimited(stream, ","),
        DataConnectorOptions.Tsv => new Delimited(stream, "\t"),
        DataConnectorOptions.Json => new Lines(stream, row => row.ToJsonString(DataPool.Json), "[", ",\n", "]\n"),
        DataConnectorOptions.Text => new Lines(stream, (row, place) => OneLine(Value(row, options.TextKey, place)), string.Empty, "\n", "\n"),
        _ => new Lines(stream, row => row.ToJsonString(DataPool.Json), string.Empty, "\n", "\n"),
    };

    private static string Value(JsonObject row, string key, string place) => row[key] is { } value
        ? Plain(value)
        : throw new JobFailedException($"{place}: there is no \"{key}\". Name it with key_remapping or data_connector.text_key.");

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\u2028', '\u2029', '\v', '\f', '\0']));

    private static string Plain(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(DataPool.Json),
    };

    private sealed class Lines(Stream stream, Func<JsonObject, string, string> text, string start, string between, string end) : RowFormat
    {
        private bool _any;

        public Lines(Stream stream, Func<JsonObject, string> text, string start, string between, string end)
            : this(stream, (row, _) => text(row), start, between, end)
        {
        }

        public override async ValueTask WriteAsync(JsonObject row, string place, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes((_any ? between : start) + text(row, place)), cancellationToken);
            _any = true;
        }

        public override async ValueTask DisposeAsync() => await stream.WriteAsync(Encoding.UTF8.GetBytes(_any ? end : start + end));
    }

    // The columns are those of the first row: a file of columns cannot have others later.
    private sealed class Delimited : RowFormat
    {
        private readonly CsvWriter _writer;
        private List<string>? _columns;

        public Delimited(Stream stream, string delimiter) => _writer = new CsvWriter(
            new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, NewLine = "\n" });

        public override async ValueTask WriteAsync(JsonObject row, string place, CancellationToken cancellationToken)
        {
            if (_columns is null)
            {
                _columns = [.. row.Select(field => field.Key)];
                await LineAsync(_columns);
            }

            if (row.FirstOrDefault(field => !_columns.Contains(field.Key, StringComparer.Ordinal)).Key is { } other)
            {
                throw new JobFailedException($"{place}: \"{other}\" is not among the columns of the first row. Name the columns with data_connector.keys.");
            }

            await LineAsync(_columns.Select(column => Plain(row[column])));
        }

        public override async ValueTask DisposeAsync() => await _writer.DisposeAsync();

        private async Task LineAsync(IEnumerable<string> fields)
        {
            foreach (var field in fields)
            {
                _writer.WriteField(field);
            }

            await _writer.NextRecordAsync();
        }
    }
}
