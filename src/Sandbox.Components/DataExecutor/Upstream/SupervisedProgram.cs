using Sandbox.Components.Programs;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Logs;
using Sandbox.Environments;
using Sandbox.Environments.Python;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>Runs a program of the real Data-Juicer under supervision: it goes on while the sandbox is stopped, and is found
/// again.</summary>
/// <param name="supervision">Finds or starts it.</param>
/// <param name="wrap">Makes a command run inside its environment.</param>
/// <param name="context">The job.</param>
internal sealed class SupervisedProgram(
    ProcessSupervision supervision, Func<IReadOnlyList<string>, EnvironmentCommand> wrap, ComponentContext context) : IUpstreamProgram
{
    // All of its output is read again by whoever takes the job up: none of it is cleared away.
    private const long SegmentBytes = 1L << 40;

    public string Directory { get; } = Path.GetDirectoryName(context.Files.Lasting("data-juicer/recipe.yaml"))!;

    public async Task<int> RunAsync(IReadOnlyList<string> command, Action<string> line, CancellationToken cancellationToken)
    {
        var inside = Inside(command);
        var spec = new ProcessSpec
        {
            Command = inside.Command,
            WorkingDirectory = context.Files.FullPath("."),
            Environment = inside.Variables,
            Limits = new ProcessLimits { SegmentBytes = SegmentBytes },
        };
        await new ProgramRun(supervision, context).RunAsync("data-juicer", spec, LogWatch.Nothing, cancellationToken, new OutputLines(line));
        return 0;
    }

    private EnvironmentCommand Inside(IReadOnlyList<string> command)
    {
        try
        {
            return wrap(command);
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }
}
