using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;

namespace Sandbox.Core.Context;

/// <summary>
/// <c>context_infos.json</c>. Written as upstream's program does: a list with an object an iteration, four blanks a
/// level. Read in that form and in the documented one: a mapping from pipelines to lists of jobs, alone or in a list
/// with one mapping an iteration.
/// </summary>
public static class ContextInfosFile
{
    /// <summary>The file's name in a work directory.</summary>
    public const string Name = "context_infos.json";

    /// <summary>The text of the file, byte for byte what upstream's program writes for the same values.</summary>
    public static string Write(ContextInfos infos) => PythonJson.Write(
        new JsonArray([.. infos.Iterations.Select(i => new JsonObject
        {
            ["iter"] = i.Number,
            ["pipeline_infos"] = new JsonArray([.. i.Pipelines.Select(WritePipeline)]),
        })]),
        indent: 4);

    /// <summary>Writes the file: first under a temporary name beside it, then renamed, so that a reader sees the old or
    /// the new one whole. Directories on the way are made.</summary>
    /// <param name="path">The file.</param>
    /// <param name="infos">What to write.</param>
    /// <param name="writer">The run: a kill in the middle leaves nothing that its next try does not replace.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task WriteAsync(string path, ContextInfos infos, string writer, CancellationToken cancellationToken) =>
        WholeFile.WriteTextAsync(path, Write(infos), cancellationToken, writer);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FaultException">It is broken; every fault says where.</exception>
    public static async Task<ContextInfos> ReadAsync(string path, CancellationToken cancellationToken) =>
        Parse(await File.ReadAllTextAsync(path, cancellationToken), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What the text is called in faults.</param>
    /// <exception cref="FaultException">It is broken; every fault says where.</exception>
    public static ContextInfos Parse(string text, string file)
    {
        var parser = new PythonJsonParser(text, file);
        var reader = new ContextInfosReader(parser.LocationOf);
        var infos = reader.Read(parser.Parse());
        return reader.Faults.Count == 0
            ? infos
            : throw new FaultException([.. reader.Faults.OrderBy(f => f.Location?.Line).ThenBy(f => f.Location?.Column)]);
    }

    private static JsonObject WritePipeline(PipelineContext pipeline) => new()
    {
        ["pipeline_name"] = pipeline.Name,
        ["job_infos"] = new JsonArray([.. pipeline.Jobs.Select(WriteJob)]),
    };

    private static JsonObject WriteJob(JobContext job) => new(
        job.Outputs.Select(o => KeyValuePair.Create(o.Name, o.Value?.DeepClone()))
            .Prepend(KeyValuePair.Create(JobContext.MetaNameKey, (JsonNode?)job.MetaName)));
}
