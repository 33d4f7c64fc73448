using Sandbox.Environments.Python.Tools;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Python;

/// <summary>An environment that is there: runs commands inside it.</summary>
public sealed class PythonEnvironment
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly EnvironmentTool _tool;
    private readonly ShortCommandRunner _commands;

    internal PythonEnvironment(EnvironmentTool tool, ShortCommandRunner commands) => (_tool, _commands) = (tool, commands);

    /// <summary>Its directory, or manager and name.</summary>
    public string Identity => _tool.Identity;

    /// <summary>The command that runs another one inside the environment. Arguments stay apart; no shell of ours sees them.</summary>
    /// <exception cref="EnvironmentException">The command is none.</exception>
    public EnvironmentCommand Wrap(IReadOnlyList<string> command) => _tool.Wrap(command);

    /// <summary>What is installed: the version of Python, then a package with its version a line, as pip says.</summary>
    /// <exception cref="EnvironmentException">pip or Python could not be asked.</exception>
    public async Task<IReadOnlyList<string>> FreezeAsync(CancellationToken cancellationToken)
    {
        var version = await AskAsync(_tool.Wrap(["python", "--version"]), cancellationToken);
        var packages = await AskAsync(_tool.Pip(["freeze"]), cancellationToken);
        return [version.Trim(), .. packages.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Secrets.Hide)];
    }

    private async Task<string> AskAsync(EnvironmentCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _commands.RunAsync(
                new ShortCommand(command.Command[0], [.. command.Command.Skip(1)]) { Environment = command.Variables, Timeout = Patience },
                cancellationToken);
            return answer.ExitCode == 0
                ? answer.Output
                : throw new EnvironmentException($"The environment {Identity} does not say what is installed: {answer.Error.Trim()}");
        }
        catch (ShortCommandException e)
        {
            throw new EnvironmentException($"The environment {Identity} does not say what is installed: {e.Message}", e);
        }
    }
}
