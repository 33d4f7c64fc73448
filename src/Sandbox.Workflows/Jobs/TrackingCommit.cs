using Sandbox.Engine.Persistence;
using Sandbox.Tracking;

namespace Sandbox.Workflows.Jobs;

/// <summary>Metrics and results that ride in the engine's commit.</summary>
internal sealed class TrackingCommit(IReadOnlyList<TrackingBatch> batches) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        foreach (var batch in batches.Where(b => !b.IsEmpty))
        {
            await TrackingWriter.WriteAsync(scope.Connection, scope.ExecuteAsync, batch, cancellationToken);
        }
    }
}
