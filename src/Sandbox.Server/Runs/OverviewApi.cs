using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Runs;

/// <summary>What the overview shows, and what is wrong with a draft.</summary>
internal static class OverviewApi
{
    public static void MapOverviewApi(this IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup(string.Empty).Asks(AccessScopes.Read);
        routes.MapGet("/api/overview", OverviewAsync).WithTags("Pages").WithSummary("Figures of the home.");
        routes.MapGet("/api/definitions/{definitionId}/faults", FaultsAsync).WithTags("Pages").WithSummary("What keeps the latest version from being published.");
    }

    private static async Task<IResult> OverviewAsync(InstanceQueries instances, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var counts = await instances.CountBySubStatusAsync(cancellationToken);
        int Sum(params WorkflowSubStatus[] statuses) => statuses.Sum(s => counts.GetValueOrDefault(s));
        return Json.Answer(new JsonObject
        {
            ["definitions"] = await definitions.CountAsync(cancellationToken),
            ["running"] = Sum(WorkflowSubStatus.Executing, WorkflowSubStatus.Pending),
            ["waiting"] = Sum(WorkflowSubStatus.Suspended, WorkflowSubStatus.Interrupted),
            ["finished"] = Sum(WorkflowSubStatus.Finished),
            ["failed"] = Sum(WorkflowSubStatus.Faulted),
            ["cancelled"] = Sum(WorkflowSubStatus.Cancelled),
        });
    }

    private static async Task<IResult> FaultsAsync(string definitionId, DefinitionStore definitions, CancellationToken cancellationToken)
    {
        var latest = await definitions.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition", definitionId);
        return Json.Answer(new JsonObject { ["faults"] = Json.Texts(definitions.Validate(latest).Select(f => f.ToString())) });
    }
}
