using System.Text.Json.Nodes;

namespace Sandbox.Core.Components;

/// <summary>Steps for work outside a run: each is run, none is remembered.</summary>
public sealed class DirectSteps : IJobSteps
{
    /// <inheritdoc />
    public Task<JsonNode?> RunAsync(
        string name, Func<CancellationToken, Task<JsonNode?>> step, CancellationToken cancellationToken) =>
        step(cancellationToken);
}
