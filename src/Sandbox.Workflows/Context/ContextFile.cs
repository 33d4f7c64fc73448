using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Workflows.Context;

/// <summary>Writes a run's context infos to <c>context_infos.json</c> in its work directory. The database is the truth;
/// the file is for scripts and for upstream.</summary>
internal sealed class ContextFile
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="JobFailedException">The work directory cannot be written.</exception>
    public async Task WriteAsync(RunRecords records, CancellationToken cancellationToken)
    {
        try
        {
            await ContextInfosFile.WriteAsync(PathOf(records), WithResults(records), records.Run.Id, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"The results are safe in the database but {PathOf(records)} could not be written: {FileFault.Reason(e)}. " +
                $"{FileFault.Remedy(e)}, then resume the run.", e);
        }
    }

    /// <summary>Where the file of a run lies.</summary>
    public static string PathOf(RunRecords records) =>
        Path.Combine(Path.GetFullPath(records.Run.WorkDir, records.Run.CurrentDirectory), ContextInfosFile.Name);

    // Upstream records a job only if it gave something.
    private static ContextInfos WithResults(RunRecords records) =>
        ContextOf.Records(records.Current.Where(r => r.Outputs != "{}"));
}
