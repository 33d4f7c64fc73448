using System.Text.RegularExpressions;
using Sandbox.Testing;

namespace Sandbox.Architecture.Tests;

/// <summary>Holds the README to the truth: every command of it runs, and every link leads somewhere.</summary>
public sealed partial class ReadmeTests
{
    // Not run here: the two long commands, which .ci/run runs, and those that build what is built already.
    private static readonly string[] RunByTheGate =
    [
        "dotnet run --project src/Sandbox.Cli -- run configs/demo/sandbox.yaml",
        "dotnet test Sandbox.Workflows.sln",
    ];

    private static readonly string[] Building =
    [
        "dotnet publish src/Sandbox.Cli -c Release -o artifacts/sandbox",
        "export PATH=\"$PWD/artifacts/sandbox:$PATH\"",
    ];

    private static readonly string Readme = File.ReadAllText(Path.Combine(Reference.Repository, "README.md"));

    [Fact]
    public async Task Every_command_of_the_readme_does_what_it_says()
    {
        using var workspace = new ReadmeWorkspace();
        foreach (var block in Blocks("bash"))
        {
            var commands = block.Split('\n').Where(c => !RunByTheGate.Concat(Building).Contains(c.Trim(), StringComparer.Ordinal));
            var (code, output) = await workspace.BashAsync(string.Join('\n', commands));

            code.ShouldBe(0, $"{block}\n{output}");
        }

        var fault = await workspace.BashAsync("sandbox show last --json | grep --quiet '\"state\":\"finished\"'");
        fault.Code.ShouldBe(0, "the last run of the tour did not finish");
    }

    [Fact]
    public async Task The_config_in_the_readme_is_valid()
    {
        using var workspace = new ReadmeWorkspace();
        // The other blocks are parts of a config.
        var config = Blocks("yaml").Single(b => b.StartsWith("project_name:", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(workspace.Directory, "sandbox.yaml"), config);

        var (code, output) = await workspace.BashAsync("sandbox validate sandbox.yaml");

        code.ShouldBe(0, output);
    }

    [Fact]
    public void The_long_commands_come_first_and_are_run_by_the_gate()
    {
        Blocks("bash").Take(2).ShouldBe(RunByTheGate);

        var gate = File.ReadAllText(Path.Combine(Reference.Repository, ".ci", "run"));
        gate.ShouldContain("--project src/Sandbox.Cli -- run configs/demo/sandbox.yaml");
        gate.ShouldContain(RunByTheGate[1]);
        Readme.ShouldContain(string.Join('\n', Building));
    }

    [Fact]
    public void Every_command_of_the_command_line_is_in_the_readme()
    {
        string[] commands =
        [
            "run", "validate", "compile", "resume", "pause", "retry", "cancel", "list", "show", "logs", "report", "export",
            "clean", "process", "analyze", "workflow", "components", "completion", "keys", "backup", "restore",
        ];

        commands.Where(c => !Regex.IsMatch(Readme, $"(sandbox |`){c}\\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_of_the_documentation_leads_to_a_file()
    {
        var pages = Directory.GetFiles(Path.Combine(Reference.Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Reference.Repository, "README.md"));
        var dead =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(page))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
            select $"{page}: {target}";

        dead.ShouldBeEmpty();
    }

    private static IEnumerable<string> Blocks(string language) =>
        Block().Matches(Readme.ReplaceLineEndings("\n"))
            .Where(m => m.Groups["language"].Value == language)
            .Select(m => m.Groups["text"].Value.TrimEnd());

    [GeneratedRegex(
        @"^```(?<language>\w+)\n(?<text>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
