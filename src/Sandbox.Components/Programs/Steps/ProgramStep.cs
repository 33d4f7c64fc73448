using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Logs;
using Sandbox.Environments;
using Sandbox.Environments.Python;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.Steps;

/// <summary>A program to be run as a step of a job.</summary>
/// <param name="Name">Names the step for people, and the process within the attempt.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="WorkingDirectory">Where it runs; a full path.</param>
internal sealed record ProgramStep(string Name, IReadOnlyList<string> Command, string WorkingDirectory)
{
    /// <summary>A file that also gets what the program says, as <c>tee -a</c> does; a full path.</summary>
    public string? LogFile { get; init; }

    /// <summary>Variables for the program.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Runs the programs of one job one after another, each in the job's environment and each a durable step: after a
/// restart the steps that ended are not run again, and one that still runs is found.</summary>
internal sealed class ProgramSteps
{
    // Joins both streams into the log file and keeps the program's own exit code; the command is passed as arguments.
    private const string Logged = """set -o pipefail; "$@" 2>&1 | tee -a "$SANDBOX_LOG_FILE" """;
    private readonly ProcessSupervision _supervision;
    private readonly ComponentContext _context;
    private readonly PythonEnvironment? _environment;
    private int _number;

    private ProgramSteps(ProcessSupervision supervision, ComponentContext context, PythonEnvironment? environment) =>
        (_supervision, _context, _environment) = (supervision, context, environment);

    /// <summary>Prepares the environment that the options name.</summary>
    public static async Task<ProgramSteps> PrepareAsync(
        ProcessSupervision supervision, EnvironmentOptions options, ComponentContext context, CancellationToken cancellationToken) =>
        new(supervision, context, await JobEnvironment.PrepareAsync(options, context, cancellationToken));

    /// <summary>What Python is called where the programs run.</summary>
    public string Python => _environment is null ? "python3" : "python";

    /// <summary>Runs a program and gives what <paramref name="result"/> makes of its output; both are the step.</summary>
    /// <param name="step">What to run.</param>
    /// <param name="result">Makes the step's result of the metrics that the program printed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="watch">What is watched; without it the format is recognised.</param>
    public Task<JsonNode?> RunAsync(
        ProgramStep step, Func<IReadOnlyDictionary<string, MetricSummary>, JsonNode?> result, CancellationToken cancellationToken, LogWatch? watch = null)
    {
        var process = FormattableString.Invariant($"{++_number}");
        return _context.Steps.RunAsync(
            step.Name,
            async token =>
            {
                _context.Progress.Report(new JobProgress(_number - 1, null, "steps", step.Name));
                return result(await new ProgramRun(_supervision, _context).RunAsync(process, Spec(step), watch ?? new LogWatch([]), token));
            },
            cancellationToken);
    }

    /// <summary>Brings what the program of a step wrote into the files of the attempt, so that it is published.</summary>
    /// <param name="written">Its <see cref="WorkDirectory"/>, as the step recorded it.</param>
    /// <param name="configured">The directory as configured.</param>
    public void Adopt(string written, string configured)
    {
        foreach (var file in Directory.Exists(written) ? Directory.EnumerateFiles(written, "*", SearchOption.AllDirectories) : [])
        {
            var target = _context.Files.ResolveWrite(Path.Combine(configured, Path.GetRelativePath(written, file)));
            KeptFile.Keep(file, target);
        }
    }

    /// <summary>Where programs write what belongs into a configured directory; made. It stays the same whoever looks after them:
    /// a program that outlived the sandbox writes where it was told to.</summary>
    public string WorkDirectory(string configured)
    {
        var full = _context.Files.FullPath(configured);
        return Path.GetDirectoryName(_context.Files.Lasting(Path.Combine("written", full[Path.GetPathRoot(full)!.Length..], "x")))!;
    }

    private ProcessSpec Spec(ProgramStep step)
    {
        var variables = new Dictionary<string, string>(step.Variables, StringComparer.Ordinal);
        var command = step.Command;
        if (step.LogFile is not null)
        {
            variables["SANDBOX_LOG_FILE"] = step.LogFile;
            command = ["bash", "-c", Logged, "bash", .. command];
        }

        try
        {
            var wrapped = _environment?.Wrap(command) ?? new EnvironmentCommand(command, new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var (name, value) in wrapped.Variables)
            {
                variables.TryAdd(name, value);
            }

            return new ProcessSpec { Command = wrapped.Command, WorkingDirectory = step.WorkingDirectory, Environment = variables };
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }
}
