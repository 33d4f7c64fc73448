using System.Text.Json.Nodes;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Jobs;

/// <summary>An attempt that this process runs, and what its handler sees of it.</summary>
internal sealed class LiveJob(
    JobTicket ticket, InstanceState instance, RuntimeSession session, IRuntimeObserver observer, string node) : JobExecution, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly JobEvent _event = new(
        instance.Id, ticket.Id, ticket.Execution.Node.Id, ticket.Execution.Node.NodeId, ticket.Execution.Node.Type, ticket.Attempt)
    {
        Inputs = ticket.Execution.Inputs,
        Variables = ticket.Variables,
    };

    private int _stopReason;
    private int _outside;

    public JobTicket Ticket { get; } = ticket;

    public JobEvent Event => _event;

    /// <summary>Signals the handler to end.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <inheritdoc />
    public override string InstanceId { get; } = instance.Id;

    /// <inheritdoc />
    public override string JobId => Ticket.Id;

    /// <inheritdoc />
    public override string ActivityId => Ticket.Execution.Node.Id;

    /// <inheritdoc />
    public override string NodeId => Ticket.Execution.Node.NodeId;

    /// <inheritdoc />
    public override string ActivityType => Ticket.Execution.Node.Type;

    /// <inheritdoc />
    public override string? ActivityName => Ticket.Execution.Node.Name;

    /// <inheritdoc />
    public override JsonObject CustomProperties => Ticket.Execution.Node.Definition.CustomProperties;

    /// <inheritdoc />
    public override string DefinitionVersionId { get; } = instance.DefinitionVersionId;

    /// <inheritdoc />
    public override int Attempt { get; } = ticket.Attempt;

    /// <inheritdoc />
    public override int MaxAttempts => Ticket.MaxAttempts;

    /// <inheritdoc />
    public override long Fence { get; } = instance.Fence;

    /// <inheritdoc />
    public override JsonObject Inputs { get; } = ticket.Execution.Inputs.DeepClone().AsObject();

    /// <inheritdoc />
    public override JsonObject Variables { get; } = ticket.Variables.DeepClone().AsObject();

    /// <inheritdoc />
    public override TimeSpan? Timeout => Ticket.Timeout;

    /// <summary>Hears that the job begins to wait outside.</summary>
    public Action WaitsOutside { get; init; } = () => { };

    /// <summary>Whether it waits outside and leaves its place to others.</summary>
    public bool IsOutside => Volatile.Read(ref _outside) > 0;

    /// <inheritdoc />
    public override IDisposable WaitOutside()
    {
        Interlocked.Increment(ref _outside);
        WaitsOutside();
        return new OutsideWait(() => Interlocked.Decrement(ref _outside));
    }

    /// <summary>Counts the time of the attempt.</summary>
    public AttemptClock? Clock { get; set; }

    /// <inheritdoc />
    public override IDisposable WaitInLine()
    {
        var outside = WaitOutside();
        Clock?.Stop();
        return new OutsideWait(() =>
        {
            Clock?.Start();
            outside.Dispose();
        });
    }

    /// <inheritdoc />
    public override void CountFrom(DateTimeOffset since) => Clock?.CountFrom(since);

    /// <inheritdoc />
    public override Task OwnAsync(CancellationToken cancellationToken) =>
        FencedAsync(_ => session.ExecuteAsync("UPDATE Jobs SET Node = @p1 WHERE Id = @p0", JobId, node), cancellationToken);

    /// <inheritdoc />
    public override JobStopReason StopReason => (JobStopReason)Volatile.Read(ref _stopReason);

    /// <summary>Tells the handler to end; the first reason stands.</summary>
    public async Task StopAsync(JobStopReason reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)JobStopReason.None) == (int)JobStopReason.None)
        {
            await _stop.CancelAsync();
        }
    }

    /// <inheritdoc />
    public override async Task<JobStep?> FindStepAsync(int number, CancellationToken cancellationToken)
    {
        var rows = await session.ReadAsync(
            () => session.QueryAsync(
                "SELECT Number, Name, Result, FinishedAt FROM JobSteps WHERE JobId = @p0 AND Number = @p1",
                row => new JobStep(row.GetInt32(0), row.GetString(1), row.Node(2), row.Time(3)),
                JobId, number),
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <inheritdoc />
    public override Task RecordStepAsync(
        int number, string name, JsonNode? result, IReadOnlyList<ICommitWork> work, CancellationToken cancellationToken) =>
        FencedAsync(
            async scope =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO JobSteps (JobId, Number, Name, Result, FinishedAt) VALUES (@p0, @p1, @p2, @p3, @p4) "
                    + "ON CONFLICT (JobId, Number) DO UPDATE SET Name = excluded.Name, Result = excluded.Result, FinishedAt = excluded.FinishedAt",
                    JobId, number, name, Columns.Json(result), Columns.Ticks(scope.Now));
                foreach (var item in work)
                {
                    await item.ApplyAsync(scope, cancellationToken);
                }
            },
            cancellationToken);

    /// <inheritdoc />
    public override Task CommitAsync(ICommitWork work, CancellationToken cancellationToken) =>
        FencedAsync(scope => work.ApplyAsync(scope, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public override void Report(double? fraction, string text) => observer.JobProgress(_event, fraction, text);

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    private Task FencedAsync(Func<CommitScope, Task> write, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async scope =>
            {
                var rows = await session.ExecuteAsync(
                    "UPDATE Jobs SET Fence = Fence WHERE Id = @p0 AND Attempt = @p1 AND State = 'Running' AND Fence = @p2 "
                    + "AND EXISTS (SELECT 1 FROM WorkflowInstances WHERE Id = @p3 AND Fence = @p2)",
                    JobId, Attempt, Fence, InstanceId);
                if (rows != 1)
                {
                    throw new LeaseLostException(InstanceId);
                }

                await write(scope);
            },
            cancellationToken);
}
