using System.Data.Common;

namespace Sandbox.Tracking;

/// <summary>Removes what the store holds of a run, inside somebody else's transaction.</summary>
public static class TrackingRemoval
{
    private const string Delete =
        """
        DELETE FROM tracking_metrics WHERE RunId = @run;
        DELETE FROM tracking_results WHERE RunId = @run;
        DELETE FROM tracking_configs WHERE RunId = @run;
        DELETE FROM tracking_attempts WHERE RunId = @run;
        DELETE FROM tracking_sinks WHERE RunId = @run;
        """;

    /// <summary>Deletes a run's metrics, results and configs. The tables must exist
    /// (<see cref="TrackingStore.EnsureReadyAsync"/>).</summary>
    public static async Task DeleteAsync(
        DbConnection connection, DbTransaction transaction, string runId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, Delete);
        var run = command.CreateParameter();
        (run.ParameterName, run.Value) = ("@run", runId);
        command.Parameters.Add(run);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
