using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Environments;
using Sandbox.Environments.Python;

namespace Sandbox.Cli.Commands;

/// <summary>The options that say which engine runs a recipe, and what they come to.</summary>
internal sealed class DataEngine
{
    private const string DefaultManager = "venv";

    public Option<string> Engine { get; } = Choice();

    public Option<string> Manager { get; } = new("--env-manager")
    {
        Description = "What made the environment of the real Data-Juicer: conda, mamba, micromamba, venv, virtualenv or uv.",
        DefaultValueFactory = _ => DefaultManager,
    };

    public Option<string?> Environment { get; } = new("--env-name") { Description = "The environment of the real Data-Juicer: a directory, or a name for conda." };

    /// <summary>Decides.</summary>
    public EngineChoice Choose(ParseResult parsed, Recipe recipe, bool forAnalysis) =>
        EngineChoice.Of(recipe, parsed.GetValue(Engine)!, parsed.GetValue(Environment) is not null, forAnalysis);

    /// <summary>The real Data-Juicer, its environment ready.</summary>
    /// <exception cref="JobFailedException">It is not there.</exception>
    public async Task<DataJuicer> OpenAsync(
        ParseResult parsed, IJobFiles files, IProgress<JobProgress> progress, CliConsole console, CancellationToken cancellationToken)
    {
        Func<IReadOnlyList<string>, EnvironmentCommand> wrap = DataJuicer.OnPath;
        if (parsed.GetValue(Environment) is { } name)
        {
            wrap = (await PrepareAsync(parsed.GetValue(Manager)!, name, console, cancellationToken)).Wrap;
        }

        return new DataJuicer(new AttachedProgram(wrap, files), files, TimeProvider.System, progress, console.Error.WriteLine);
    }

    private static async Task<PythonEnvironment> PrepareAsync(string manager, string name, CliConsole console, CancellationToken cancellationToken)
    {
        var spec = new EnvironmentSpec { Manager = manager, Name = name };
        try
        {
            return await new PythonEnvironments(TimeProvider.System, PythonEnvironments.UserStateDirectory)
                .PrepareAsync(spec, [], console.Error.WriteLine, cancellationToken);
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }

    private static Option<string> Choice()
    {
        var option = new Option<string>("--engine")
        {
            Description = "embedded, data-juicer (dj-process and dj-analyze), or auto: embedded where it can run the whole recipe.",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "embedded", "data-juicer");
        return option;
    }
}
