using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Components.Texts;

/// <summary>The texts of a data set. Rows that are malformed or have no text are counted, and fail the job once there are
/// more than the user puts up with.</summary>
/// <param name="context">The job.</param>
/// <param name="paths">The data set, as the user named it.</param>
/// <param name="textKey">The field that holds the text, dots for nested ones.</param>
/// <param name="maxBadRows">How many such rows are put up with: a number, or a share of all rows when below 1.</param>
internal sealed partial class DatasetTexts(
    ComponentContext context, IReadOnlyList<string> paths, string textKey, double maxBadRows)
{
    private readonly string[] _keys = textKey.Split('.');
    private long _bad;
    private BadRow? _first;

    /// <summary>What messages call the data set.</summary>
    public string Name => string.Join(", ", paths);

    /// <summary>All texts in order.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (_, text) in ReadRowsAsync(cancellationToken))
        {
            yield return text;
        }
    }

    /// <summary>All rows with a text, in order.</summary>
    public async IAsyncEnumerable<(Row Row, string Text)> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var good = 0L;
        await foreach (var row in DatasetReader.Open(paths, context.Files).ReadAsync(Report, cancellationToken))
        {
            if (Text(row) is { } text)
            {
                good++;
                yield return (row, text);
            }
            else
            {
                Report(new BadRow(row.File ?? Name, row.Line, $"has no text under \"{textKey}\""));
            }
        }

        Conclude(good + _bad);
    }

    private string? Text(Row row)
    {
        if (_keys.Length == 1 || row.Contains(textKey))
        {
            return row.GetText(textKey);
        }

        var value = _keys.Skip(1).Aggregate(row.Get(_keys[0]), (node, key) => (node as JsonObject)?[key]);
        return value is JsonValue json && json.TryGetValue(out string? text) ? text : null;
    }

    private void Report(BadRow row)
    {
        _first ??= row;
        _bad++;
        if (maxBadRows is 0 or >= 1 && _bad > maxBadRows)
        {
            throw TooMany(FormattableString.Invariant($"{_bad} rows"));
        }
    }

    private void Conclude(long rows)
    {
        if (_bad == 0)
        {
            return;
        }

        if (maxBadRows < 1 && _bad > maxBadRows * rows)
        {
            throw TooMany(FormattableString.Invariant($"{_bad} of {rows} rows"));
        }

        LogBadRows(context.Logger, _bad, rows, Name, _first!);
    }

    private JobFailedException TooMany(string rows) => new(FormattableString.Invariant(
        $"{_first}. {rows} cannot be used, more than max_bad_rows ({maxBadRows}) allows: mend them, or set max_bad_rows to a number or a share of the rows."));

    [LoggerMessage(EventId = 2301, EventName = "TextsWithoutUse", Level = LogLevel.Warning,
        Message = "{Bad} of {Rows} rows of {Dataset} could not be used and were passed over; the first: {First}.")]
    private static partial void LogBadRows(ILogger logger, long bad, long rows, string dataset, BadRow first);
}
