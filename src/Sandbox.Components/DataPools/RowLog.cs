using Microsoft.Extensions.Logging;
using Sandbox.Data.Datasets;

namespace Sandbox.Components.DataPools;

/// <summary>Says in the job's log which rows were malformed.</summary>
internal static partial class RowLog
{
    private const int Listed = 10;

    public static void BadRows(ILogger logger, IReadOnlyList<BadRow> rows, long count)
    {
        foreach (var row in rows.Take(Listed))
        {
            LogBadRow(logger, row.ToString());
        }

        if (count > Listed)
        {
            LogMore(logger, count);
        }
    }

    [LoggerMessage(3502, LogLevel.Warning, "Malformed row skipped: {Row}")]
    private static partial void LogBadRow(ILogger logger, string row);

    [LoggerMessage(3505, LogLevel.Warning, "{Count} malformed rows in all were skipped")]
    private static partial void LogMore(ILogger logger, long count);
}
