using System.Text.Json.Nodes;

namespace Sandbox.Engine.Triggers;

/// <summary>What a request to a workflow turns into.</summary>
public static class HttpStimulus
{
    /// <summary>The payload of a path's bookmarks and triggers.</summary>
    public static JsonObject Of(string path) => new() { ["path"] = Normalize(path) };

    /// <summary>The path without slashes at its ends, in lower case.</summary>
    public static string Normalize(string path) => path.Trim().Trim('/').ToLowerInvariant();
}
