using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Python;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.TrinityRft;

/// <summary>Options of <c>trinity-rft</c>.</summary>
internal sealed class TrinityRftOptions : EnvironmentOptions
{
    [Option("trinity_home", Description = "The directory of Trinity-RFT's code, to install it from into the environment, once.")]
    public string? TrinityHome { get; set; }

    [Option("trinity_config_path", Required = true, Path = PathAccess.Read, Description = "Trinity-RFT's own config.")]
    public string TrinityConfigPath { get; set; } = string.Empty;

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) =>
        TrinityHome is { Length: > 0 } home ? [Sandbox.Environments.Python.Requirements.OfPath(path(home))] : Packages("trinity-rft");
}

/// <summary>Fine-tunes a model by reinforcement with Trinity-RFT. Gives the directory of its checkpoints, as its config
/// names it (<c>checkpoint_root_dir</c>).</summary>
internal sealed class TrinityRftTrain(ProcessSupervision supervision, TrinityRftOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "trinity-rft",
        Summary = "Fine-tunes a model by reinforcement with Trinity-RFT.",
        OptionsType = typeof(TrinityRftOptions),
        Create = o => new TrinityRftTrain(supervision, (TrinityRftOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var config = context.Files.ResolveRead(options.TrinityConfigPath);
        var checkpoints = Checkpoints(await ReadAsync(config, cancellationToken));
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        await programs.RunAsync(
            new ProgramStep("trinity run", ["trinity", "run", "--config", config], context.Files.FullPath(".")), _ => JsonValue.Create(true), cancellationToken);
        return HookResult.One(checkpoints);
    }

    private async Task<JsonObject> ReadAsync(string config, CancellationToken cancellationToken)
    {
        try
        {
            var faults = new List<Fault>();
            var parsed = ConfigParser.Parse(await File.ReadAllBytesAsync(config, cancellationToken), options.TrinityConfigPath, faults);
            return faults.Count == 0
                ? parsed?.ToJson() as JsonObject ?? []
                : throw new JobFailedException(string.Join(' ', faults.Select(f => f.ToString())));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{options.TrinityConfigPath} cannot be read: {e.Message}", e);
        }
    }

    private static string? Checkpoints(JsonObject config) => config["checkpoint_root_dir"]?.ToString();
}
