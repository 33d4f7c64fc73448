using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Access;

/// <summary>A route that the server has, with a method.</summary>
public sealed record KnownRoute(string Method, string Pattern)
{
    /// <summary>The path with its parameters filled in.</summary>
    public string Path(Func<string, string> value) => Regex.Replace(
        Pattern, @"\{\**(?<name>\w+)[^}]*\}", m => value(m.Groups["name"].Value), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}

/// <summary>All routes of a server, as it knows them itself.</summary>
internal static class Routes
{
    public static IReadOnlyList<KnownRoute> Of(TestServer server) =>
    [
        .. server.App.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)server.App).DataSources)
            .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                .Select(m => new KnownRoute(m, e.RoutePattern.RawText is { } text ? "/" + text.TrimStart('/') : "/")))
            .Distinct(),
    ];
}
