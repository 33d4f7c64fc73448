using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Access;

/// <summary>Registers and maps access.</summary>
internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton<FailedKeys>();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = 4 * settings.RequestsPerSecond,
                    TokensPerPeriod = settings.RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
        });
    }

    /// <summary>Keys and the audit log over the API.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Access").Asks(AccessScopes.Admin);
        api.MapGet("/keys", async (ApiKeys keys, CancellationToken cancellationToken) =>
            (await keys.ListAsync(cancellationToken)).Select(k => new { k.Id, k.Name, Scopes = k.Scopes.ToString(), k.CreatedAt, k.ExpiresAt, k.RevokedAt }))
            .WithSummary("The keys, without their secrets.");
        api.MapDelete("/keys/{id}", async (string id, ApiKeys keys, CancellationToken cancellationToken) =>
            await keys.RevokeAsync(id, cancellationToken) ? Results.NoContent() : throw ProblemException.NotFound("valid key", id))
            .WithSummary("Takes a key back.");
        api.MapGet("/audit", async (HttpRequest request, AuditLog audit, CancellationToken cancellationToken) =>
            await audit.ListAsync(request.Whole("take", 1, 10_000) ?? 200, cancellationToken)).WithSummary("Who changed or ran what, newest first.");
    }
}
