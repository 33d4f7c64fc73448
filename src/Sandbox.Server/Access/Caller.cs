using System.Net;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Access;

/// <summary>Who calls.</summary>
/// <param name="Name">For the audit log: the key's id and name, or <c>local</c>.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string Name, AccessScopes Scopes)
{
    /// <summary>A program of this machine, while the server listens to this machine only.</summary>
    public static Caller Local { get; } = new("local", AccessScopes.Read | AccessScopes.Run | AccessScopes.Edit | AccessScopes.Admin);

    public static Caller Of(ApiKey key) => new($"{key.Id} {key.Name}", key.Scopes);

    /// <summary>Whether it may do what is asked. Who may change or run may also look; who manages may do all.</summary>
    public bool May(AccessScopes asked) =>
        asked == AccessScopes.None
        || Scopes.HasFlag(AccessScopes.Admin)
        || (Scopes & asked) == asked
        || (asked == AccessScopes.Read && Scopes != AccessScopes.None);

    /// <summary>The key in a request, as Studio, the pages and the hub send it.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        foreach (var scheme in (string[])["ApiKey ", "Bearer "])
        {
            if (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return header[scheme.Length..].Trim();
            }
        }

        // A WebSocket of a browser carries no header.
        return request.Path.StartsWithSegments("/elsa/hubs", StringComparison.OrdinalIgnoreCase) ? request.Query["access_token"].FirstOrDefault() : null;
    }

    /// <summary>Whether a name in a URL or a Host header means this machine.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
