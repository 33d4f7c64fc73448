using Sandbox.Components.DataConnectors;
using Sandbox.Components.Environments;
using Sandbox.Components.Programs.Outputs;
using Sandbox.Core.Components;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.Command;

/// <summary>Runs any program as a job: <c>type: command</c>.</summary>
internal sealed class CommandComponent(ProcessSupervision supervision, CommandOptions options) : IComponent
{
    /// <summary>The component type <c>command</c> of a factory.</summary>
    public static ComponentDescriptor Descriptor(string factory, ProcessSupervision supervision) => new()
    {
        Factory = factory,
        Type = "command",
        Summary = "Runs a program of yours, under supervision: it goes on while the sandbox is restarted.",
        OptionsType = typeof(CommandOptions),
        Results = null,
        NamedResults = o => [.. Specs((CommandOptions)o).Select(s => new NamedResult(s.Name, s.Kind == OutputKind.Path ? s.Value : null))],
        Create = o => new CommandComponent(supervision, (CommandOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var jobDirectory = Path.GetDirectoryName(context.Files.Lasting(Path.Combine("work", "x")))!;
        string Fill(string text) => Placeholders.Fill(text, key => key == Placeholders.JobDirectory ? jobDirectory : Info(context, key));

        var directory = context.Files.FullPath(string.IsNullOrEmpty(options.Cwd) ? "." : Fill(options.Cwd));
        var specs = Specs(options).Select(s => s with { Value = Fill(s.Value) }).ToList();
        var outputs = new OutputCollector(context, specs, jobDirectory, directory);
        await outputs.NoteAsync(cancellationToken);
        await ConvertAsync(context, jobDirectory, cancellationToken);
        var inside = await JobEnvironment.WrapAsync(options, [.. options.Command.Select(Fill)], context, cancellationToken);
        var variables = new Dictionary<string, string>(inside.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in options.Env)
        {
            variables[name] = Fill(Placeholders.Text(value));
        }

        var spec = new ProcessSpec
        {
            Command = inside.Command,
            WorkingDirectory = directory,
            Environment = variables,
            Limits = Limits(),
        };
        var metrics = await new ProgramRun(supervision, context).RunAsync("command", spec, new LogWatch(options.Watch), cancellationToken);
        var values = await outputs.CollectAsync(metrics, cancellationToken);
        return new HookResult(values) { Names = [.. specs.Select(s => s.Name)] };
    }

    private static IReadOnlyList<OutputSpec> Specs(CommandOptions options) => OutputSpec.Read(options.Outputs, (_, _) => { });

    private static string Info(ComponentContext context, string key) => context.Infos.TryGetValue(key, out var value)
        ? Placeholders.Text(value)
        : throw new JobFailedException($"Nothing is known of {{{{ {key} }}}}.");

    private async Task ConvertAsync(ComponentContext context, string jobDirectory, CancellationToken cancellationToken)
    {
        var connector = new DataConnector(options.DataConnector, DataConnectorOptions.Remapping(options.KeyRemapping, (_, _) => { }));
        foreach (var (name, paths) in options.Data)
        {
            await connector.ConvertAsync(name, paths, jobDirectory, context, cancellationToken);
        }
    }

    private ProcessLimits Limits()
    {
        _ = Core.Configuration.Durations.Parse(options.Grace, out var grace);
        return new ProcessLimits { Grace = grace, Silence = options.Limits?.SilenceSpan, MemoryBytes = options.Limits?.MemoryBytes };
    }
}
