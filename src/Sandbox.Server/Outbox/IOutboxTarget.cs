using Sandbox.Workflows.Outbox;

namespace Sandbox.Server.Outbox;

/// <summary>Somebody who is told of runs.</summary>
internal interface IOutboxTarget
{
    /// <summary>Its name in the outbox and in the log; stays the same from start to start.</summary>
    string Name { get; }

    /// <summary>What is sent for an event; empty for nothing.</summary>
    string Compose(ToldRun run);

    /// <summary>Sends it.</summary>
    /// <exception cref="HttpRequestException">It did not arrive.</exception>
    Task SendAsync(Delivery delivery, CancellationToken cancellationToken);
}
