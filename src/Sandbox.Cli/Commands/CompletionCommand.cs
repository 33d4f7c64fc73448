using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox completion bash|zsh</c>: a completion script for the shell.</summary>
internal static class CompletionCommand
{
    public static Command Build(CliConsole console)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        var command = new Command("completion", "Print a completion script, as in: source <(sandbox completion bash)") { shell };
        command.SetAction(parsed =>
        {
            console.Output.Write(parsed.GetValue(shell) switch
            {
                "bash" => Bash(),
                "zsh" => Zsh(),
                var other => throw new FaultException($"There are completion scripts for bash and zsh, not for \"{other}\"."),
            });
            return ExitCodes.Done;
        });
        return command;
    }

    // The command itself knows what fits: its [suggest] directive prints one word a line.
    private static string Bash() =>
        """
        _sandbox_complete() {
            local cur="${COMP_WORDS[COMP_CWORD]}"
            local words
            words="$(sandbox "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            COMPREPLY=( $(compgen -W "${words}" -- "${cur}") $(compgen -f -- "${cur}") )
        }
        complete -o filenames -F _sandbox_complete sandbox

        """;

    private static string Zsh() =>
        """
        #compdef sandbox
        _sandbox() {
            local -a words_found
            words_found=("${(@f)$(sandbox "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            _describe 'sandbox' words_found
            _files
        }
        compdef _sandbox sandbox

        """;
}
