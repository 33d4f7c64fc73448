using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Works a sweep: <c>Sandbox.Sweep</c>. Trials are fixed in the database before they start and recorded when they
/// have ended; after a crash the unfinished ones are taken up where they stopped.</summary>
internal sealed class SweepJobHandler(
    RunScopes scopes, SweepStore store, Lazy<TrialRuns> trials, Lazy<WarmStarts> warmStarts, SweepExport export, RuntimeOptions options, TimeProvider time) : IJobHandler
{
    /// <summary>The kind of its jobs.</summary>
    public const string HandlerKind = "sandbox.sweep";

    public string Kind => HandlerKind;

    public async Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken)
    {
        var sweep = await OpenAsync(job, cancellationToken);
        var row = await store.FindAsync(job.InstanceId, cancellationToken) ?? await BeginAsync(job, sweep, cancellationToken);
        var known = (await store.TrialsAsync(job.InstanceId, cancellationToken)).Select(TrialJson.Read).ToList();
        var work = new SweepWork(job, sweep, new SweepMemory(row.Seed, known, WarmStarts.Read(row.Earlier)), store, trials.Value, options.Output, time);
        try
        {
            await work.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (job.StopReason == JobStopReason.Cancelled)
        {
            await work.CancelTrialsAsync();
            throw;
        }
        catch (FaultException e)
        {
            throw new JobFailure(e.Message, e);
        }

        return await EndAsync(sweep, work.Study, cancellationToken);
    }

    private static SweepConfig Parse(string yaml)
    {
        var faults = new List<Fault>();
        return SweepText.Parse(yaml, faults) ?? throw new JobFailure(string.Join(Environment.NewLine, faults)) { NonRetryable = true };
    }

    private async Task<SweepScope> OpenAsync(JobExecution job, CancellationToken cancellationToken)
    {
        var scope = await scopes.OpenAsync(job.InstanceId, cancellationToken);
        var run = scope.Records.Run;
        return run.ConfigPath is not { } path || run.ConfigText is not { } text
            ? throw new JobFailure("A sweep needs the sandbox YAML that it tries: start it with \"sandbox run CONFIG\".") { NonRetryable = true }
            : new SweepScope(
                run, Parse(job.Inputs[ActivityNames.SweepInput]?.ToString() ?? string.Empty),
                [new ReferencedFile(path, string.Empty, text), .. scope.Snapshots.Select(s => new ReferencedFile(s.Key, string.Empty, s.Value))]);
    }

    private async Task<SweepRow> BeginAsync(JobExecution job, SweepScope sweep, CancellationToken cancellationToken)
    {
        var row = new SweepRow
        {
            RunId = job.InstanceId,
            Seed = sweep.Config.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            Earlier = WarmStarts.Write(await EarlierAsync(sweep, cancellationToken)),
        };
        await job.CommitAsync(new RowsCommit(row), cancellationToken);
        return row;
    }

    private async Task<IReadOnlyList<SweepTrial>> EarlierAsync(SweepScope sweep, CancellationToken cancellationToken)
    {
        try
        {
            return await warmStarts.Value.ReadAsync(sweep.Config, sweep.Run.CurrentDirectory, cancellationToken);
        }
        catch (FaultException e)
        {
            throw new JobFailure(e.Message, e) { NonRetryable = true };
        }
    }

    private async Task<JobResult> EndAsync(SweepScope sweep, Study study, CancellationToken cancellationToken)
    {
        if (study.Best is not { } best)
        {
            var problem = study.Trials.Count == 0 ? "no trial was made" : $"none of its {study.Trials.Count} trials gave a value";
            return sweep.Config.Metrics.Count == 0 && study.Trials.Any(t => t.State == TrialState.Finished)
                ? JobResult.Done
                : throw new JobFailure($"The sweep has no result: {problem}. See: sandbox sweep status {sweep.Run.Id}");
        }

        var files = await export.WriteAsync(sweep, study.Trials[best], cancellationToken);
        var outputs = new JsonObject
        {
            ["best"] = best,
            ["parameters"] = study.Trials[best].Parameters.DeepClone(),
            ["front"] = new JsonArray([.. study.Front.Select(n => (JsonNode)n)]),
            ["files"] = new JsonArray([.. files.Select(f => (JsonNode)f)]),
        };
        return new JobResult(outputs, [], []);
    }
}
