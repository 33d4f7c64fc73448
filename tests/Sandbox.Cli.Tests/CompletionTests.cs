using System.Diagnostics;

namespace Sandbox.Cli.Tests;

/// <summary>The completion scripts in the real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Bash = """
        source <(sandbox completion bash)
        COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"
        [[ "$1" == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]}-1))
        _sandbox_complete
        printf '%s\n' "${COMPREPLY[@]}"
        """;

    // A shell on a terminal of its own, since zsh completes only there: what its completion adds is written down as the tab
    // key is pressed, and awaited.
    private const string Zsh = """
        zmodload zsh/zpty
        found=$PWD/found
        zpty shell zsh -f -i
        zpty -w shell "PS1= PS2= RPS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -d $PWD/zcompdump"
        zpty -w shell 'source <(sandbox completion zsh); functions[_real]=$functions[_sandbox]'
        zpty -w shell 'compadd() { local -a hits; [[ " $* " == *" -"[OAD]" "* ]] || { builtin compadd -O hits "$@"; print -rl -- $hits >> '$found'.part }; builtin compadd "$@" }'
        zpty -w shell '_sandbox() { _real; mv -f '"$found.part $found"' }'
        zpty -w -n shell "$1"$'\t'
        repeat 1200; do [[ -e $found ]] && break; sleep 0.1; zpty -r -t shell shown; done
        zpty -d shell
        cat $found
        """;

    private readonly Workplace _place = new();

    public static TheoryData<string, string> Typed => new()
    {
        { "sandbox r", "report restore resume retry run" },
        { "sandbox run sand", "sandbox.yaml" },
        { "sandbox run sandbox.yaml --j", "--json" },
        { "sandbox completion ", "bash zsh" },
        { "sandbox workflow ", "event export import run" },
        { "sandbox show 0123", "0123456789abcdef" },
    };

    public void Dispose() => _place.Dispose();

    [Theory]
    [MemberData(nameof(Typed))]
    public Task Bash_completes(string typed, string expected) => CompletesAsync("bash", ["-c", Bash, "bash", typed], expected);

    [Theory]
    [MemberData(nameof(Typed))]
    public Task Zsh_completes(string typed, string expected) => CompletesAsync("zsh", ["-f", "-c", Zsh, "zsh", typed], expected);

    private async Task CompletesAsync(string shell, string[] arguments, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_place.Home, "runs", "0123456789abcdef"));
        var start = new ProcessStartInfo(shell, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _place.Root,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;

        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(expected.Split(' '));
    }
}
