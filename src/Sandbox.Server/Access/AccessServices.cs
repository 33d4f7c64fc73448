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
        api.MapPost("/keys", CreateKeyAsync).WithSummary("Makes a key. Its text is in this answer and nowhere else.");
        api.MapDelete("/keys/{id}", async (string id, ApiKeys keys, CancellationToken cancellationToken) =>
            await keys.RevokeAsync(id, cancellationToken) ? Results.NoContent() : throw ProblemException.NotFound("valid key", id))
            .WithSummary("Takes a key back.");
        api.MapGet("/audit", async (HttpRequest request, AuditLog audit, CancellationToken cancellationToken) =>
            await audit.ListAsync(request.Whole("take", 1, 10_000) ?? 200, cancellationToken)).WithSummary("Who changed or ran what, newest first.");
    }

    private static async Task<IResult> CreateKeyAsync(HttpRequest request, ApiKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(request, cancellationToken);
        var scopes = (body.Texts("scopes") ?? []).Aggregate(AccessScopes.None, (all, s) => all | JsonFields.Name<AccessScopes>("scopes", s));
        var days = body.Whole("expiresInDays", 1, 36_500);
        try
        {
            var (key, text) = await keys.CreateAsync(
                body.Text("name") ?? string.Empty, scopes, days is { } d ? time.GetUtcNow().AddDays(d) : null, cancellationToken);
            return Results.Json(new { key.Id, key.Name, Text = text }, statusCode: StatusCodes.Status201Created);
        }
        catch (Core.Faults.FaultException e)
        {
            throw ProblemException.Bad(e.Message);
        }
    }
}
