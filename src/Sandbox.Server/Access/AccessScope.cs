using Sandbox.Workflows.Access;

namespace Sandbox.Server.Access;

/// <summary>What an endpoint asks of who calls it. An endpoint that says nothing asks for everything.</summary>
/// <param name="Scopes">The scope; none for what is open to all: pages without data, and health.</param>
internal sealed record RequiredScope(AccessScopes Scopes);

/// <summary>Says on an endpoint what it asks.</summary>
internal static class AccessScopeExtensions
{
    public static TBuilder Asks<TBuilder>(this TBuilder builder, AccessScopes scopes)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RequiredScope(scopes)));
        return builder;
    }

    /// <summary>Open to all, keys or not.</summary>
    public static TBuilder AsksNothing<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Asks(AccessScopes.None);
}
