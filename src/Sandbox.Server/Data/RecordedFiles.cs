using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Inspection;

namespace Sandbox.Server.Data;

/// <summary>The files that a job recorded to have read, and no others: a recipe's paths lead nowhere else.</summary>
internal sealed class RecordedFiles(IReadOnlyList<ReadFile> reads, string currentDirectory) : IJobFiles
{
    public string ResolveRead(string path)
    {
        var full = FullPath(path);
        return reads.FirstOrDefault(r => r.FullPath == full)?.File
            ?? throw new JobFailedException($"the job did not record to have read {path}.");
    }

    public string FullPath(string path) => Path.GetFullPath(path, currentDirectory);

    public string ResolveWrite(string path) => throw new NotSupportedException("Rows are only looked at.");

    public string Scratch(string name) => throw new NotSupportedException("Rows are only looked at.");
}
