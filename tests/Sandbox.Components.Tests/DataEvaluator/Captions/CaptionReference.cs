using System.Text.Json.Nodes;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator.Captions;

/// <summary>The figures of the original programs.</summary>
internal static class CaptionReference
{
    public const string Folder = "upstream-runs/captions";

    public static string File(string name) => Reference.Find($"{Folder}/{name}")!;

    // Python writes NaN, which JSON does not know; no test looks at those.
    public static JsonObject Read(string name) =>
        JsonNode.Parse(System.IO.File.ReadAllText(File(name)).Replace(": NaN", ": null", StringComparison.Ordinal))!.AsObject();
}
