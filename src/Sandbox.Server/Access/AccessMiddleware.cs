using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Server.Triggers;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Access;

/// <summary>
/// Lets a request through to its endpoint, or not. While the server listens to this machine only, programs of this machine
/// need no key; a web page of elsewhere that a browser on this machine shows is none of them. In every other case a key must
/// allow what the endpoint asks.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, IServer server, ApiKeys keys, AuditLog audit, FailedKeys failures, HttpTriggers triggers, ServerSettings settings, TimeProvider time)
{
    private bool? _needsKeys;

    public async Task InvokeAsync(HttpContext http)
    {
        var asked = http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scopes ?? AccessScopes.Admin;
        if (asked == AccessScopes.None || http.GetEndpoint() is null)
        {
            await next(http);
            return;
        }

        if (http.GetEndpoint()!.Metadata.GetMetadata<MayBeOpen>() is not null && await IsOpenAsync(http))
        {
            await next(http);
            return;
        }

        var caller = await CallerAsync(http) ?? throw new ProblemException(401, "This server asks for a key: Authorization: ApiKey <key>. Make one with \"sandbox keys create\".");
        if (!caller.May(asked))
        {
            throw new ProblemException(403, $"The key {caller.Name} does not allow this: it needs the scope {asked.ToString().ToLowerInvariant()}.");
        }

        http.Items[typeof(Caller)] = caller;
        await next(http);
        if (asked != AccessScopes.Read)
        {
            await audit.AddAsync(
                new AuditEntry(time.GetUtcNow(), caller.Name, http.Connection.RemoteIpAddress?.ToString(), http.Request.Method, http.Request.Path, http.Response.StatusCode),
                CancellationToken.None);
        }
    }

    private async Task<Caller?> CallerAsync(HttpContext http)
    {
        if (Caller.KeyOf(http.Request) is { Length: > 0 } text)
        {
            failures.Refuse(http.Connection.RemoteIpAddress);
            if (await keys.FindAsync(text, http.RequestAborted) is { } key)
            {
                return Caller.Of(key);
            }

            failures.Note(http.Connection.RemoteIpAddress);
            return null;
        }

        return !NeedsKeys() && IsLocal(http) ? Caller.Local : null;
    }

    private async Task<bool> IsOpenAsync(HttpContext http) =>
        await triggers.FindAsync(http.Request.RouteValues["path"] as string ?? string.Empty, http.Request.Method, http.Request.Headers[HttpTriggers.CorrelationHeader].FirstOrDefault(), http.RequestAborted) is { Authorizes: false };

    private bool NeedsKeys() => _needsKeys ??= settings.RequiresKeys
        || server.Features.Get<IServerAddressesFeature>()?.Addresses.Any(a => !Caller.IsLoopback(BindingAddress.Parse(a).Host)) == true;

    // A page of elsewhere can make a browser send requests here: by a name that it lets point here, or with its own origin.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && Caller.IsLoopback(http.Request.Host.Host)
        && (http.Request.Headers.Origin.FirstOrDefault() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && Caller.IsLoopback(from.Host) && from.Port == (http.Request.Host.Port ?? from.Port)));
}
