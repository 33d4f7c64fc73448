using System.Text.Json.Nodes;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Descriptors;

/// <summary>What this server can, as Studio asks for it.</summary>
internal static class FeatureEndpoints
{
    private static readonly string[] Names = ["WorkflowsApi", "RealTimeWorkflowUpdates"];

    public static void MapFeatures(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapGet("/features/installed", () => Json.List(Names.Select(Feature))).WithSummary("The features.");
        api.MapGet("/features/installed/{fullName}", (string fullName) =>
            Names.FirstOrDefault(n => $"Elsa.{n}" == fullName) is { } name
                ? Json.Answer(Feature(name))
                : throw ProblemException.NotFound("feature", fullName)).WithSummary("A feature.");
        api.MapGet("/package/version", () => Json.Answer(new JsonObject { ["packageVersion"] = "3.8.2" })).WithSummary("The version of Elsa's API.");
    }

    private static JsonObject Feature(string name) => new()
    {
        ["name"] = name,
        ["namespace"] = "Elsa",
        ["fullName"] = $"Elsa.{name}",
        ["displayName"] = name,
        ["description"] = string.Empty,
    };
}
