using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Components.Texts;

/// <summary>What a component makes of the rows of a data set. Rows that are malformed or lack something are counted, and
/// fail the job once there are more than the user puts up with.</summary>
/// <param name="context">The job.</param>
/// <param name="paths">The data set, as the user named it.</param>
/// <param name="maxBadRows">How many such rows are put up with: a number, or a share of all rows when below 1.</param>
internal sealed partial class DatasetRows(ComponentContext context, IReadOnlyList<string> paths, double maxBadRows)
{
    private long _bad;
    private BadRow? _first;

    /// <summary>What messages call the data set.</summary>
    public string Name => string.Join(", ", paths);

    /// <summary>All rows in order.</summary>
    /// <param name="take">Makes something of a row, or says what it lacks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async IAsyncEnumerable<string> ReadAsync(
        Func<Row, (string? Value, string? Problem)> take, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var good = 0L;
        await foreach (var row in DatasetReader.Open(paths, context.Files).ReadAsync(Report, cancellationToken))
        {
            var (value, problem) = take(row);
            if (value is not null)
            {
                good++;
                yield return value;
            }
            else
            {
                Report(new BadRow(row.File ?? Name, row.Line, problem!));
            }
        }

        Conclude(good + _bad);
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
