using System.Diagnostics;

namespace Sandbox.Cli.Tests;

/// <summary>The completion script in a real bash.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("sandbox r", "report resume retry run")]
    [InlineData("sandbox run sand", "sandbox.yaml")]
    [InlineData("sandbox run sandbox.yaml --j", "--json")]
    [InlineData("sandbox completion ", "bash zsh")]
    [InlineData("sandbox workflow ", "export import run")]
    [InlineData("sandbox show 0123", "0123456789abcdef")]
    public async Task Bash_completes(string typed, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_place.Home, "runs", "0123456789abcdef"));
        var script = """
            source <(sandbox completion bash)
            COMP_LINE="$1"; COMP_POINT=${#1}; read -ra COMP_WORDS <<<"$1"
            [[ "$1" == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]}-1))
            _sandbox_complete
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", typed])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _place.Root,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;

        var told = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        told.Trim().ShouldBe(expected);
    }
}
