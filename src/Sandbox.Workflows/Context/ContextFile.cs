using Sandbox.Core.Context;

namespace Sandbox.Workflows.Context;

/// <summary>Writes a run's context infos to <c>context_infos.json</c> in its work directory. The database is the truth;
/// the file is for scripts and for upstream.</summary>
internal sealed class ContextFile
{
    /// <summary>Writes the file.</summary>
    public Task WriteAsync(RunRecords records, CancellationToken cancellationToken) =>
        ContextInfosFile.WriteAsync(PathOf(records), WithResults(records), cancellationToken);

    /// <summary>Where the file of a run lies.</summary>
    public static string PathOf(RunRecords records) =>
        Path.Combine(Path.GetFullPath(records.Run.WorkDir, records.Run.CurrentDirectory), ContextInfosFile.Name);

    // Upstream records a job only if it gave something.
    private static ContextInfos WithResults(RunRecords records) =>
        ContextOf.Records(records.Current.Where(r => r.Outputs != "{}"));
}
