using Sandbox.Core.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Context;

/// <summary>The context infos that records amount to.</summary>
internal static class ContextOf
{
    /// <summary>Context infos of records in the order in which they were committed.</summary>
    public static ContextInfos Records(IEnumerable<JobRecordRow> rows) =>
        ContextInfos.Of(rows.Select(r => (r.Iteration, r.Pipeline, Record(r))));

    /// <summary>One record.</summary>
    public static JobContext Record(JobRecordRow row) => new(
        row.MetaName, [.. RunRecords.Outputs(row).Select(o => new JobOutput(o.Key, o.Value?.DeepClone()))]) { JobId = row.JobId };
}
