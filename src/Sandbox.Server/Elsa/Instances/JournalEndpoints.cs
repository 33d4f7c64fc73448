using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>The journal of an instance.</summary>
internal static class JournalEndpoints
{
    private static readonly string[] Methods = ["GET", "POST"];

    public static void MapJournal(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        api.MapMethods("/workflow-instances/{id}/journal", Methods, ListAsync).WithSummary("Lines of an instance's journal.");
        api.MapGet("/workflow-instances/{id}/journal/{activityId}", LastAsync).WithSummary("The newest line about an activity.");
    }

    private static async Task<IResult> ListAsync(
        string id, HttpRequest request, InstanceQueries instances, CancellationToken cancellationToken)
    {
        await InstanceEndpoints.FindAsync(instances, id, cancellationToken);
        var body = request.Method == "GET" ? [] : await JsonBody.ReadAsync(request, cancellationToken);
        var filter = body.Map("filter") ?? [];
        var (skip, take) = request.Page();
        var page = await instances.JournalAsync(
            id,
            new JournalFilter
            {
                ActivityIds = filter.Texts("activityIds"),
                NodeIds = filter.Texts("activityNodeIds"),
                ExcludedTypes = filter.Texts("excludedActivityTypes"),
                EventNames = filter.Texts("eventNames"),
            },
            skip,
            take,
            cancellationToken);
        return Json.Page(page.Items.Select(e => InstanceModel.Line(id, e)), page.TotalCount);
    }

    private static async Task<IResult> LastAsync(
        string id, string activityId, InstanceQueries instances, CancellationToken cancellationToken) =>
        await instances.LastJournalEntryAsync(id, activityId, cancellationToken) is { } entry
            ? Json.Answer(InstanceModel.Line(id, entry))
            : throw ProblemException.NotFound("journal of activity", activityId);
}
