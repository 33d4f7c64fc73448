using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Python.Tools;

/// <summary>The command lines of one manager for one environment.</summary>
internal abstract class EnvironmentTool(EnvironmentSpec spec)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Which environment.</summary>
    protected EnvironmentSpec Spec => spec;

    /// <summary>Names the environment on this host, whatever directory a user stands in.</summary>
    public abstract string Identity { get; }

    /// <summary>Says which version of the manager is there.</summary>
    /// <exception cref="EnvironmentException">It is not available, and how to get it.</exception>
    public abstract Task<string> CheckAvailableAsync(ShortCommandRunner commands, CancellationToken cancellationToken);

    /// <summary>Whether the environment is there and whole.</summary>
    public abstract Task<bool> ExistsAsync(ShortCommandRunner commands, CancellationToken cancellationToken);

    /// <summary>Something stands in its place that is no environment: what, or null.</summary>
    public virtual string? Obstacle => null;

    /// <summary>The command that makes it.</summary>
    public abstract IReadOnlyList<string> Create();

    /// <summary>A command of pip inside it.</summary>
    public abstract EnvironmentCommand Pip(IReadOnlyList<string> arguments);

    /// <summary>A command inside it.</summary>
    public abstract EnvironmentCommand Wrap(IReadOnlyList<string> command);

    /// <summary>The command that removes it; null where its directory is deleted.</summary>
    public abstract IReadOnlyList<string>? Remove();

    /// <summary>Its directory; null where only the manager knows.</summary>
    public virtual string? Directory => null;

    /// <summary>Asks a program something.</summary>
    protected static async Task<ShortCommandResult?> AskAsync(
        ShortCommandRunner commands, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            return await commands.RunAsync(new ShortCommand(command[0], [.. command.Skip(1)]) { Timeout = Patience }, cancellationToken);
        }
        catch (ShortCommandException)
        {
            return null;
        }
    }

    /// <summary>The tool of a spec.</summary>
    public static EnvironmentTool Of(EnvironmentSpec spec)
    {
        var resolved = spec.Resolved();
        return resolved.IsConda ? new CondaTool(resolved) : new VirtualTool(resolved);
    }
}
