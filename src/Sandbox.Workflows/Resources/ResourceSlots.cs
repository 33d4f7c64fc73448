using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sandbox.Components.Programs;
using Sandbox.Core.Faults;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Resources;

/// <summary>
/// Gives the machine's GPUs and other slots to attempts, across all processes of a home. Who asked first is served first:
/// nobody is passed by one that wants less of the same. A slot is free when neither the process that runs the job nor the
/// job's program is there any more, however they went.
/// </summary>
internal sealed class ResourceSlots(
    RunsDatabase database, ResourceInventory inventory, ProgramHost programs, SandboxHome home, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Waits for slots.</summary>
    /// <exception cref="JobFailedException">The machine does not have so many.</exception>
    public async Task<TakenSlots> TakeAsync(
        JobExecution job, IReadOnlyDictionary<string, int> wants, CancellationToken cancellationToken)
    {
        if (wants.Count == 0)
        {
            return TakenSlots.None;
        }

        var all = await inventory.AllAsync(cancellationToken);
        Check(wants, all);
        await AskAsync(job, wants, cancellationToken);
        using var inLine = job.WaitInLine();
        try
        {
            while (true)
            {
                if (await GrantAsync(job, all, cancellationToken) is { } given)
                {
                    return new TakenSlots(given, keeps => LetGoAsync(job, keeps), job);
                }

                job.Report(null, $"waits for {string.Join(", ", wants.Select(w => FormattableString.Invariant($"{w.Value} {w.Key}")))}");
                await Task.Delay(Look, time, cancellationToken);
            }
        }
        catch
        {
            await LetGoAsync(job, TakenSlots.Keeps(job));
            throw;
        }
    }

    private static void Check(IReadOnlyDictionary<string, int> wants, IReadOnlyDictionary<string, IReadOnlyList<string>> all)
    {
        foreach (var (name, count) in wants)
        {
            var there = all.TryGetValue(name, out var slots) ? slots.Count : 0;
            if (count > there)
            {
                throw new JobFailedException(FormattableString.Invariant(
                    $"resources: the job wants {count} {name}, and this machine has {there}. Declare what it has in {ResourceInventory.Variable}, as in {name}={count}.")
                    + (there == 0 ? Suggestion.For(name, all.Keys) : string.Empty));
            }
        }
    }

    private async Task AskAsync(JobExecution job, IReadOnlyDictionary<string, int> wants, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var own = await OwnAsync(db, job, cancellationToken);
        if (own is null)
        {
            own = new ResourceClaimRow
            {
                RunId = job.InstanceId,
                JobId = job.JobId,
                Attempt = job.Attempt,
                Wants = JsonSerializer.Serialize(wants),
            };
            db.Add(own);
        }

        // What an interrupted attempt has, it keeps: its program may be using it.
        own.Holder = ProgramHost.Self;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>?> GrantAsync(
        JobExecution job, IReadOnlyDictionary<string, IReadOnlyList<string>> all, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var claims = await db.ResourceClaims.OrderBy(c => c.Sequence).ToListAsync(cancellationToken);
        var gone = claims.Where(IsGone).ToList();
        db.RemoveRange(gone);
        SlotGrants.Grant([.. claims.Except(gone)], all);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claims.Find(c => IsOf(c, job))?.Given is { } given ? SlotGrants.Read(given) : null;
    }

    private bool IsGone(ResourceClaimRow claim) =>
        (claim.Holder is null || !ProgramHost.IsAlive(claim.Holder))
        && programs.Open(home.ProgramDirectory(claim.RunId, claim.JobId, claim.Attempt)).Count == 0;

    private async Task LetGoAsync(JobExecution job, bool keeps)
    {
        await using var db = await database.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        if (await OwnAsync(db, job, CancellationToken.None) is { } own)
        {
            if (keeps)
            {
                own.Holder = null;
            }
            else
            {
                db.Remove(own);
            }

            await db.SaveChangesAsync(CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private static Task<ResourceClaimRow?> OwnAsync(RunsDbContext db, JobExecution job, CancellationToken cancellationToken) =>
        db.ResourceClaims.FirstOrDefaultAsync(
            c => c.RunId == job.InstanceId && c.JobId == job.JobId && c.Attempt == job.Attempt, cancellationToken);

    private static bool IsOf(ResourceClaimRow claim, JobExecution job) =>
        claim.RunId == job.InstanceId && claim.JobId == job.JobId && claim.Attempt == job.Attempt;
}

/// <summary>Slots that an attempt has.</summary>
internal sealed class TakenSlots(
    IReadOnlyDictionary<string, IReadOnlyList<string>> slots, Func<bool, Task> letGo, JobExecution? job) : IAsyncDisposable
{
    /// <summary>Nothing was asked for.</summary>
    public static TakenSlots None { get; } = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), _ => Task.CompletedTask, null);

    /// <summary>Variables that tell a program which slots it may use: <c>CUDA_VISIBLE_DEVICES</c> for GPUs,
    /// <c>SANDBOX_NAME</c> for others.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = slots.ToDictionary(
        s => s.Key == ResourceInventory.Gpus ? "CUDA_VISIBLE_DEVICES" : $"SANDBOX_{s.Key.ToUpperInvariant()}",
        s => string.Join(',', s.Value),
        StringComparer.Ordinal);

    /// <summary>Lets go of them; a program that goes on while nobody watches keeps them.</summary>
    public async ValueTask DisposeAsync() =>
        await letGo(job is not null && Keeps(job));

    /// <summary>Whether the attempt comes back and its program may go on until then.</summary>
    public static bool Keeps(JobExecution job) => job.StopReason is JobStopReason.Interrupted or JobStopReason.LeaseLost;
}
