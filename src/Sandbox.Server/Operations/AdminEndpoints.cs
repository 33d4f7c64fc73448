using Sandbox.Server.Access;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Operations;

namespace Sandbox.Server.Operations;

/// <summary>What looks after the server itself.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/admin/backup", async (HomeBackups backups, CancellationToken cancellationToken) =>
        {
            var path = await backups.TakeAsync(null, cancellationToken);
            return new { path, bytes = new FileInfo(path).Length };
        }).Asks(AccessScopes.Admin).WithTags("Admin").WithSummary("Writes a backup of the database into the home, while everything goes on.");
}
