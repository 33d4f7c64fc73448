using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Environments;
using Sandbox.Environments.Programs;
using Sandbox.Environments.Python;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>Runs a program of the real Data-Juicer that ends with this process, as at the command line.</summary>
/// <param name="wrap">Makes a command run inside its environment.</param>
/// <param name="files">Gives the scratch directory.</param>
public sealed class AttachedProgram(Func<IReadOnlyList<string>, EnvironmentCommand> wrap, IJobFiles files) : IUpstreamProgram
{
    /// <inheritdoc />
    public string Directory { get; } = Path.GetDirectoryName(files.Scratch("data-juicer/recipe.yaml"))!;

    /// <inheritdoc />
    public async Task<int> RunAsync(IReadOnlyList<string> command, Action<string> line, CancellationToken cancellationToken)
    {
        try
        {
            var inside = wrap(command);
            return await LoggedCommand.RunAsync(inside.Command, inside.Variables, line, null, cancellationToken);
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }
}
