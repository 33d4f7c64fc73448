using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Server.Runs;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Comparisons;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Compare;

/// <summary>Runs side by side.</summary>
internal static class CompareApi
{
    /// <summary>More lines than these nobody tells apart.</summary>
    private const int MostRuns = 50;

    public static void MapCompare(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/compare", CompareAsync).Asks(AccessScopes.Read).WithTags("Runs").WithSummary("Settings and figures of runs side by side.");

    private static async Task<IResult> CompareAsync(
        HttpRequest request, RunQueries runs, ComparableRuns comparable, CancellationToken cancellationToken)
    {
        var ids = request.Texts("run") ?? throw ProblemException.Bad("Which runs? Give run=ID, several times.");
        if (ids.Count > MostRuns)
        {
            throw ProblemException.Bad(FormattableString.Invariant($"{ids.Count} runs are too many to compare; up to {MostRuns}."));
        }

        var compared = new List<object>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var run = await RunsApi.FindAsync(runs, id, cancellationToken);
            var found = await comparable.OfAsync(run.Id, cancellationToken);
            compared.Add(new { found.Run.Id, found.Run.Name, found.Run.State, found.Run.StartedAt, found.Run.EndedAt, found.Settings, found.Figures, found.Series });
        }

        return Results.Json(compared, RunJson.Options);
    }
}
