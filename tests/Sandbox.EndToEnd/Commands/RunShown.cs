using System.Text.Json.Nodes;

namespace Sandbox.EndToEnd.Commands;

/// <summary>A run as <c>show RUN --json</c> tells it.</summary>
internal sealed record RunShown(JsonObject Json)
{
    public string Id => Json["id"]!.ToString();

    public string State => Json["state"]!.ToString();

    public IReadOnlyList<JsonObject> Jobs => [.. Json["jobs"]!.AsArray().Select(job => job!.AsObject())];

    public JsonObject Job(string metaName, int iteration = 1) => Jobs.Single(
        job => job["metaName"]?.ToString() == metaName && (int)job["iteration"]! == iteration);

    /// <summary><c>name=state</c> of each job, with its origin where the job did not run.</summary>
    public IReadOnlyList<string> States =>
    [
        .. Jobs.Select(job => $"{job["metaName"]}={job["state"]}"
            + (job["origin"]?.ToString() is { } origin and not "run" ? $" ({origin})" : string.Empty)),
    ];
}
