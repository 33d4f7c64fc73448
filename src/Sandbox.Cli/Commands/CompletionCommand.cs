using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox completion bash|zsh</c>: a completion script for the shell.</summary>
internal static class CompletionCommand
{
    // The command itself knows what fits: its [suggest] directive prints one word a line. Options come once a dash is
    // typed; where neither a command nor a run fits, a file is meant.
    private const string Bash = """
        _sandbox_complete() {
            local cur="${COMP_WORDS[COMP_CWORD]}"
            local words
            words="$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            [[ "${cur}" == -* ]] || words="$(grep -v '^-' <<<"${words}")"
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "${words}" -- "${cur}") )
            [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=( $(compgen -f -- "${cur}") )
        }
        complete -o filenames -F _sandbox_complete sandbox

        """;

    private const string Zsh = """
        #compdef sandbox
        _sandbox() {
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            [[ "${PREFIX}" == -* ]] || found=(${found:#-*})
            compadd -- ${found} || _files
        }
        if (( ! ${+functions[compdef]} )); then
            autoload -Uz compinit && compinit
        fi
        compdef _sandbox sandbox

        """;

    public static Command Build(CliConsole console)
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh.", HelpName = "bash|zsh" };
        shell.CompletionSources.Add("bash", "zsh");
        var command = new Command(
            "completion", "Print a completion script. bash: source <(sandbox completion bash). zsh: source <(sandbox completion zsh).") { shell };
        command.SetAction(parsed =>
        {
            console.Output.Write(parsed.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                var other => throw new FaultException($"There are completion scripts for bash and zsh, not for \"{other}\"."),
            });
            return ExitCodes.Done;
        });
        return command;
    }
}
