using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Tracking.Persistence;

namespace Sandbox.Tracking.Charts;

/// <summary>Reads curves straight from the table: a million rows pass by without becoming objects.</summary>
internal static class CurveReader
{
    private const string Sql =
        """
        SELECT Sequence, JobId, Attempt, Name, Step, Value FROM tracking_metrics
        WHERE RunId = @run AND (@name IS NULL OR Name = @name) AND (@job IS NULL OR JobId = @job) AND (NOT @steps OR Step IS NOT NULL)
        ORDER BY Sequence
        """;

    // Where the name is known, its index has the rows in order already.
    private const string OneName =
        """
        SELECT Sequence, JobId, Attempt, Name, Step, Value FROM tracking_metrics
        WHERE RunId = @run AND Name = @name AND (@job IS NULL OR JobId = @job) AND (NOT @steps OR Step IS NOT NULL)
        ORDER BY Sequence
        """;

    public static async Task<IReadOnlyList<MetricCurve>> ReadAsync(
        TrackingDbContext context, CountedAttempts counted, CurveQuery query, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = Command(context.Database.GetDbConnection(), query);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var curves = new OrderedDictionary<(string Name, string? JobId), CurveSampler>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var job = reader.IsDBNull(1) ? null : reader.GetString(1);
            if (!counted.Counts(job, reader.IsDBNull(2) ? null : reader.GetInt32(2), reader.GetInt64(0)))
            {
                continue;
            }

            var name = reader.GetString(3);
            if (!curves.TryGetValue((name, job), out var curve))
            {
                curves.Add((name, job), curve = new CurveSampler(query.Points));
            }

            curve.Add(reader.IsDBNull(4) ? curve.Count : reader.GetDouble(4), reader.IsDBNull(5) ? double.NaN : reader.GetDouble(5));
        }

        return [.. curves.Select(c => new MetricCurve(c.Key.Name, c.Key.JobId, c.Value.Count, c.Value.Points))];
    }

    private static DbCommand Command(DbConnection connection, CurveQuery query)
    {
        var command = connection.CreateCommand();
        command.CommandText = query.Name is null ? Sql : OneName;
        foreach (var (name, value) in new (string, object?)[] { ("@run", query.RunId), ("@name", query.Name), ("@job", query.JobId), ("@steps", query.OnlyWithSteps) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
