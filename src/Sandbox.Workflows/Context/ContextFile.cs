using Sandbox.Core.Context;

namespace Sandbox.Workflows.Context;

/// <summary>Writes a run's context infos to <c>context_infos.json</c> in its work directory. The database is the truth;
/// the file is for scripts and for upstream.</summary>
internal sealed class ContextFile
{
    /// <summary>Writes the file. A run without results leaves the one that is there alone.</summary>
    /// <param name="records">What the run has recorded.</param>
    /// <param name="isFinished">Whether the run has come to its end: until then, what a context file had of jobs that were
    /// not reached yet stays in it.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public Task WriteAsync(RunRecords records, bool isFinished, CancellationToken cancellationToken)
    {
        // Upstream records a job only if it gave something.
        var rows = records.Current.Concat(isFinished ? [] : records.Waiting).Where(r => r.Outputs != "{}").ToList();
        return rows.Count == 0
            ? Task.CompletedTask
            : ContextInfosFile.WriteAsync(PathOf(records), ContextOf.Records(rows), records.Run.Id, cancellationToken);
    }

    /// <summary>Where the file of a run lies.</summary>
    public static string PathOf(RunRecords records) =>
        Path.Combine(Path.GetFullPath(records.Run.WorkDir, records.Run.CurrentDirectory), ContextInfosFile.Name);
}
