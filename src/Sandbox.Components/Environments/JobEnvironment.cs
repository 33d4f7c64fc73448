using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Environments;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Environments;

/// <summary>Gets a job its environment: made and filled in a durable step, recorded with the run, told in the job's log
/// line by line.</summary>
internal static partial class JobEnvironment
{
    /// <summary>The command that runs another one in the environment of the options; the same where the job has none of
    /// its own.</summary>
    /// <exception cref="JobFailedException">The environment cannot be made, something cannot be installed, or the command is none.</exception>
    public static async Task<EnvironmentCommand> WrapAsync(
        EnvironmentOptions options, IReadOnlyList<string> command, ComponentContext context, CancellationToken cancellationToken)
    {
        var environment = await PrepareAsync(options, context, cancellationToken);
        try
        {
            return environment?.Wrap(command) ?? new EnvironmentCommand(command, new Dictionary<string, string>(StringComparer.Ordinal));
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }

    /// <summary>The environment of the options, ready; null where the job has none of its own.</summary>
    /// <exception cref="JobFailedException">It cannot be made, or something cannot be installed.</exception>
    public static async Task<PythonEnvironment?> PrepareAsync(
        EnvironmentOptions options, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!options.HasEnvironment)
        {
            return null;
        }

        var environments = new PythonEnvironments(context.Time, PythonEnvironments.UserStateDirectory);
        var spec = options.Spec(context.Files.FullPath);
        try
        {
            await context.Steps.RunAsync("environment", token => MakeAsync(environments, spec, options, context, token), cancellationToken);

            // Whoever goes on after a restart waits for nobody; but what was made then may have been removed since.
            return await environments.FindAsync(spec, cancellationToken)
                ?? await environments.PrepareAsync(spec, options.Requirements(context.Files), line => LogLine(context.Logger, line), cancellationToken);
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }

    private static async Task<JsonNode?> MakeAsync(
        PythonEnvironments environments, EnvironmentSpec spec, EnvironmentOptions options, ComponentContext context, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress(0, null, "steps", $"preparing the environment {spec.Name}"));
        var environment = await environments.PrepareAsync(
            spec, options.Requirements(context.Files), line => LogLine(context.Logger, line), cancellationToken);
        var freeze = await environment.FreezeAsync(cancellationToken);
        await WholeFile.WriteTextAsync(context.Files.Scratch("environment.txt"), string.Concat(freeze.Select(line => line + "\n")), cancellationToken);
        var record = new JsonObject
        {
            ["manager"] = spec.Manager,
            ["name"] = environment.Identity,
            ["python"] = freeze[0],
            ["packages"] = new JsonArray([.. freeze.Skip(1).Select(p => (JsonNode?)p)]),
        };
        context.Watcher.WatchConfigs($"environment.{context.Job.Pipeline}.{context.Job.WatchName}", record);
        return record.DeepClone();
    }

    [LoggerMessage(EventId = 2401, EventName = "EnvironmentOutput", Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger logger, string line);
}
