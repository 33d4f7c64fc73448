using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Hooks;
using Sandbox.Core.Tracking;

namespace Sandbox.Core.Components;

/// <summary>Which files stand behind the paths of a config, for one attempt of one job.</summary>
/// <remarks>
/// Configs name paths literally and two runs, trials or attempts of one config must not meet there. So what is written
/// goes into a directory of the attempt and is published under its configured path once the attempt has won; what is
/// read is the copy that this run wrote before, if it did, else the path itself.
/// </remarks>
public interface IJobFiles
{
    /// <summary>The file or directory to read for a configured path. It need not exist.</summary>
    string ResolveRead(string path);

    /// <summary>The file to write for a configured path; its directory exists. What stands there when the job ends is
    /// published. For a directory output, call this for each file in it.</summary>
    string ResolveWrite(string path);

    /// <summary>The configured path made absolute: relative paths mean the current directory of the run.</summary>
    string FullPath(string path);

    /// <summary>A file of the attempt that is kept with the run and never published (traces, spills, statistics).</summary>
    string Scratch(string name);

    /// <summary>A file of the attempt that stays where it is, whichever process takes the attempt up again: for programs
    /// that outlive this process. Kept with the run and never published.</summary>
    string Lasting(string name) => Scratch(name);
}

/// <summary>How far a job is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all, or null where unknown.</param>
/// <param name="Unit">What is counted, as in <c>rows</c>.</param>
/// <param name="Text">What is being done, one short line.</param>
public sealed record JobProgress(double Done, double? Total, string Unit, string Text);

/// <summary>Durable, numbered steps of a job: a step that finished is never run again, also after a restart.</summary>
public interface IJobSteps
{
    /// <summary>Returns the recorded result of the step if it finished before, else runs it and records the result.
    /// Steps are numbered by the order of the calls; the name is for people and must be the same on resume. A file that a
    /// later step or attempt needs must be named in the result by its full path: whoever goes on writes elsewhere.</summary>
    Task<JsonNode?> RunAsync(string name, Func<CancellationToken, Task<JsonNode?>> step, CancellationToken cancellationToken);
}

/// <summary>What a component is given besides its options.</summary>
public sealed class ComponentContext
{
    /// <summary>Which job.</summary>
    public required JobIdentity Job { get; init; }

    /// <summary>Translates configured paths to files of this attempt.</summary>
    public required IJobFiles Files { get; init; }

    /// <summary>Where results and metrics are watched.</summary>
    public required IWatcher Watcher { get; init; }

    /// <summary>Where progress is told; calls are cheap and may be frequent.</summary>
    public required IProgress<JobProgress> Progress { get; init; }

    /// <summary>Durable steps.</summary>
    public required IJobSteps Steps { get; init; }

    /// <summary>The job's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether the job comes back, and who may run while it waits.</summary>
    public IJobControl Control { get; init; } = new DirectControl();

    /// <summary>What the job may not exceed.</summary>
    public JobLimits Limits { get; init; } = new();

    /// <summary>The context infos that the placeholders of the options stand for, by key as written.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Infos { get; init; } = FrozenDictionary<string, JsonNode?>.Empty;

    /// <summary>Variables for the programs of the job, as <c>CUDA_VISIBLE_DEVICES</c> of the GPUs that it was given.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>A unit of work that a hook starts: an evaluator, a trainer, a manipulator.</summary>
public interface IComponent
{
    /// <summary>Does the work and gives its results in order (see <see cref="HookResult"/>).</summary>
    Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken);
}
