using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Tests;

public sealed class ShortCommandTests
{
    private readonly ShortCommandRunner _runner = new();

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        string[] arguments = ["a b", "", "it's", "\"x\"", "c:\\d\\", "$HOME;*", "back\\\"slash"];
        var result = await Run("printf", ["[%s]\n", .. arguments]);
        result.ExitCode.ShouldBe(0);
        result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(arguments.Select(a => $"[{a}]"));
    }

    [Fact]
    public async Task An_exit_code_and_standard_error_are_results()
    {
        var result = await Run("sh", ["-c", "echo out; echo err >&2; exit 3"]);
        result.ShouldBe(new ShortCommandResult(3, "out\n", "err\n"));
    }

    [Fact]
    public async Task A_missing_program_is_said() =>
        (await Should.ThrowAsync<ShortCommandException>(() => Run("no-such-program-here", []))).Message.ShouldContain("could not be started");

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended() =>
        (await Should.ThrowAsync<ShortCommandException>(() => _runner.RunAsync(
            new ShortCommand("sleep", ["600"]) { Timeout = TimeSpan.FromMilliseconds(50) }, CancellationToken.None)))
            .Message.ShouldContain("was ended");

    [Fact]
    public async Task Cancelling_ends_the_program()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => _runner.RunAsync(new ShortCommand("sleep", ["600"]), cancel.Token));
    }

    [Fact]
    public async Task Standard_input_is_empty_and_variables_and_directory_are_set()
    {
        var directory = Directory.CreateTempSubdirectory("sandbox-command-").FullName;
        var command = new ShortCommand("sh", ["-c", "cat; echo \"$GREETING\"; pwd"])
        {
            WorkingDirectory = directory,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["GREETING"] = "hello" },
        };
        var result = await _runner.RunAsync(command, CancellationToken.None);
        Directory.Delete(directory);
        result.Output.ShouldBe($"hello\n{directory}\n");
    }

    private Task<ShortCommandResult> Run(string program, IReadOnlyList<string> arguments) =>
        _runner.RunAsync(new ShortCommand(program, arguments), CancellationToken.None);
}
