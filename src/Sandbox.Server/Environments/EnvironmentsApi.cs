using Sandbox.Environments.Python;
using Sandbox.Server.Access;
using Sandbox.Server.Runs;
using Sandbox.Tracking;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Environments;

/// <summary>The Python environments of this host, and what was installed in them when jobs ran.</summary>
internal static class EnvironmentsApi
{
    private const string Prefix = "environment.";
    private const int MostFreezes = 500;

    public static void AddEnvironments(this IServiceCollection services) =>
        services.AddSingleton(p => new PythonEnvironments(p.GetRequiredService<TimeProvider>(), PythonEnvironments.UserStateDirectory));

    public static void MapEnvironments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/environments", ListAsync).Asks(AccessScopes.Read).WithTags("Environments")
            .WithSummary("The environments that were made or used here, and what jobs found installed in them.");

    private static async Task<IResult> ListAsync(PythonEnvironments environments, TrackingStore tracking, CancellationToken cancellationToken)
    {
        await tracking.EnsureReadyAsync(cancellationToken);
        var freezes = (await tracking.NewestConfigsAsync(Prefix, MostFreezes, cancellationToken))
            .Select(f => new
            {
                Environment = f.Configs?["name"]?.ToString() ?? string.Empty,
                Manager = f.Configs?["manager"]?.ToString(),
                Python = f.Configs?["python"]?.ToString(),
                Packages = f.Configs?["packages"],
                f.RunId,
                Job = f.Prefix[Prefix.Length..],
                f.Time,
            });
        return Results.Json(
            new
            {
                Known = environments.Known().Select(e => new { Name = e.Identity, e.Manager, e.State, e.MadeHere, e.Since, Installs = e.Installed.Count }),
                Freezes = freezes,
            },
            RunJson.Options);
    }
}
