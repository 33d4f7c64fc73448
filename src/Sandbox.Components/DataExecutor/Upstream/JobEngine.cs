using Microsoft.Extensions.Logging;
using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Recipes;
using Sandbox.Environments.Python;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>The engine of a job: decided and told before it starts.</summary>
/// <param name="supervision">Runs the real Data-Juicer.</param>
internal sealed partial class JobEngine(ProcessSupervision supervision)
{
    /// <summary>The real Data-Juicer, its environment ready; null where the embedded engine runs the recipe.</summary>
    /// <exception cref="JobFailedException">The options are wrong, or the environment cannot be made.</exception>
    public async Task<DataJuicer?> ChooseAsync(Recipe recipe, HookContext context, bool forAnalysis, CancellationToken cancellationToken)
    {
        var faults = new List<OptionFault>();
        var options = EngineOptions.Of(context.ExtraConfigs, faults);
        if (faults.Count > 0)
        {
            throw new JobFailedException(string.Join(' ', faults.Select(f => $"extra_configs.{f.Key}: {f.Message}")));
        }

        var choice = EngineChoice.Of(recipe, options.Engine, options.HasEnvironment, forAnalysis);
        if (choice.IsEmbedded)
        {
            LogEmbedded(context.Logger, choice.Reason);
            return null;
        }

        LogDataJuicer(context.Logger, choice.Reason);
        var environment = await JobEnvironment.PrepareAsync(options, context.Component, cancellationToken);
        Func<IReadOnlyList<string>, EnvironmentCommand> wrap = environment is null ? DataJuicer.OnPath : environment.Wrap;
        return new DataJuicer(new SupervisedProgram(supervision, wrap, context.Component), context.Files, context.Component.Time, context.Component.Progress, line => LogLine(context.Logger, line));
    }

    [LoggerMessage(3521, LogLevel.Information, "Engine: embedded ({Reason})")]
    private static partial void LogEmbedded(ILogger logger, string reason);

    [LoggerMessage(3522, LogLevel.Information, "Engine: the real Data-Juicer ({Reason})")]
    private static partial void LogDataJuicer(ILogger logger, string reason);

    [LoggerMessage(3523, LogLevel.Information, "{Line}")]
    private static partial void LogLine(ILogger logger, string line);
}
