using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs;

/// <summary>
/// Runs a program as a supervised process of a job: finds it or starts it, follows its output into the watcher, and gives
/// its end. When the sandbox stops, the program goes on; when the job is cancelled or takes too long, it is ended.
/// </summary>
/// <param name="supervision">Finds or starts processes.</param>
/// <param name="context">The job.</param>
internal sealed class ProgramRun(ProcessSupervision supervision, ComponentContext context)
{
    /// <summary>Runs the program to its end.</summary>
    /// <param name="name">Names the process within the attempt.</param>
    /// <param name="spec">What to run; the job's limits come to it.</param>
    /// <param name="watch">What is watched in its output.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="lines">Takes every line of its output from the first one on, whoever read it before; null for none.</param>
    /// <returns>What its output said.</returns>
    /// <exception cref="JobFailedException">It failed, was lost or could not be started.</exception>
    public async Task<IReadOnlyDictionary<string, MetricSummary>> RunAsync(
        string name, ProcessSpec spec, LogWatch watch, CancellationToken cancellationToken, OutputLines? lines = null)
    {
        var directory = Path.GetDirectoryName(context.Files.Lasting(Path.Combine("processes", name, "spec.json")))!;
        var full = spec with { Limits = Limits(spec.Limits), Environment = Variables(spec.Environment) };
        using var outside = context.Control.WaitOutside();
        try
        {
            await context.Control.OwnAsync(cancellationToken);
            var process = await FindOrStartAsync(directory, full, cancellationToken);
            CountTime(process);
            var program = Path.GetFileName(process.Spec.Command[0]);
            if (supervision.IsAttached)
            {
                ProgramLog.Attached(context.Logger, program);
            }

            ProgramLog.Runs(context.Logger, program, (process.Program ?? process.Supervisor)?.Pid, process.Supervisor?.Host, directory);
            return await FollowAsync(process, program, watch, lines, cancellationToken);
        }
        catch (SupervisionException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }

    private async Task<SupervisedProcess> FindOrStartAsync(string directory, ProcessSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await supervision.FindOrStartAsync(directory, spec, cancellationToken);
        }
        catch (OperationCanceledException) when (!GoesOn)
        {
            // Its supervisor may be on the way already: nobody would wait for the program any more.
            await supervision.EndAsync(directory, CancellationToken.None);
            throw;
        }
    }

    // The deadline belongs to the attempt: what its programs ran while another process watched, or none, counts.
    private void CountTime(SupervisedProcess process)
    {
        if (process is { Exit: null, StartedAt: { } started })
        {
            var before = Directory.EnumerateDirectories(Path.GetDirectoryName(process.Directory)!)
                .Where(d => d != process.Directory).Select(d => supervision.Find(d)?.Exit)
                .Aggregate(TimeSpan.Zero, (sum, e) => sum + (e is { StartedAt: { } start } ? e.EndedAt - start : TimeSpan.Zero));
            context.Control.CountFrom(started - before);
        }
    }

    // Whether the program is left alone when the job is told to end: the job comes back.
    private bool GoesOn => context.Control.IsInterrupted && !supervision.IsAttached;

    private async Task<IReadOnlyDictionary<string, MetricSummary>> FollowAsync(
        SupervisedProcess process, string program, LogWatch watch, OutputLines? lines, CancellationToken cancellationToken)
    {
        var follower = await ProgramFollower.OpenAsync(process, watch, context, cancellationToken, lines);
        try
        {
            var exit = await follower.FollowAsync(cancellationToken);
            if (exit.Leftovers > 0)
            {
                ProgramLog.Leftovers(context.Logger, program, exit.Leftovers);
            }

            ProgramLog.Ended(context.Logger, program, ExitExplanation.Of(exit, process.Spec.Limits));
            return exit.IsSuccess
                ? follower.Metrics
                : throw new JobFailedException(await ProgramFailure.DescribeAsync(process, program, exit, cancellationToken));
        }
        catch (OperationCanceledException) when (GoesOn)
        {
            ProgramLog.LeftRunning(context.Logger, program, process.Program?.Pid);
            throw;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, program, follower);
            throw;
        }
        catch (BrokenRuleException e)
        {
            await EndAsync(process, program, follower);
            throw new JobFailedException($"{program} was ended: {e.Message}", e);
        }
    }

    private async Task EndAsync(SupervisedProcess process, string program, ProgramFollower follower)
    {
        ProgramLog.IsEnded(context.Logger, program);
        await supervision.EndAsync(process.Directory, CancellationToken.None);
        await follower.DrainAsync();
    }

    // The supervisor's clock counts while nobody watches, too. The margin lets the engine speak first where both count.
    private ProcessLimits Limits(ProcessLimits own) => own with
    {
        Timeout = own.Timeout ?? context.Limits.Timeout + TimeSpan.FromSeconds(30),
        Silence = own.Silence ?? context.Limits.Silence,
        MemoryBytes = own.MemoryBytes ?? context.Limits.MemoryBytes,
    };

    private Dictionary<string, string> Variables(IReadOnlyDictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(context.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in own)
        {
            all[name] = value;
        }

        return all;
    }
}
