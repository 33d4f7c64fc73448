using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sandbox.Environments.Python;
using Sandbox.Environments.ShortCommands;
using Shouldly;

namespace Sandbox.Environments.Tests.Python;

[SuppressMessage("Security", "CA5394", Justification = "Chance is for test inputs.")]
public class RequirementLineTests
{
    [Theory]
    [InlineData("torch", "torch")]
    [InlineData("flash-attn==2.3.6 --no-build-isolation", "flash-attn==2.3.6|--no-build-isolation")]
    [InlineData("torch ; python_version < '3.9'", "torch ; python_version < '3.9'")]
    [InlineData("a @ git+https://host/x.git@main # a comment", "a @ git+https://host/x.git@main")]
    [InlineData("x --find-links 'two words' --no-index", "x|--find-links|two words|--no-index")]
    [InlineData("x --config-settings=\"a=\\\"b\\\" c\"", "x|--config-settings=a=\"b\" c")]
    [InlineData("-r other.txt", "-r|other.txt")]
    [InlineData("x --hash=sha256:ab$(touch y)", "x|--hash=sha256:ab$(touch|y)")]
    [InlineData("x ${HOME}", "x ${HOME}")]
    public void Splits_as_a_requirements_line(string item, string arguments) =>
        RequirementLine.Split(item).ShouldBe(arguments.Split('|'));

    [Theory]
    [InlineData("")]
    [InlineData("   # only a comment")]
    [InlineData("a\nb")]
    [InlineData("a --x 'open")]
    public void Refuses_what_is_no_line(string item) => Should.Throw<EnvironmentException>(() => RequirementLine.Split(item));

    [Fact]
    public async Task Splits_random_options_as_Python_does()
    {
        const string Letters = "ab-='\"\\ \t$#";
        var random = new Random(11);
        var lines = Enumerable.Range(0, 2000)
            .Select(_ => "-" + new string([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => Letters[random.Next(Letters.Length)])]))
            .Select(l => l.Replace("#", "x", StringComparison.Ordinal).Trim());
        var items = lines.Where(l => !l.EndsWith('\\')).ToList();
        const string Script = """
            import json, shlex, sys
            out = []
            for line in json.loads(sys.argv[1]):
                try: out.append(shlex.split(line))
                except ValueError: out.append(None)
            print(json.dumps(out))
            """;
        var answer = await new ShortCommandRunner().RunAsync(
            new ShortCommand("python3", ["-c", Script, JsonSerializer.Serialize(items)]) { Timeout = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        answer.ExitCode.ShouldBe(0, answer.Error);
        var expected = JsonSerializer.Deserialize<string[]?[]>(answer.Output)!;
        for (var i = 0; i < items.Count; i++)
        {
            if (expected[i] is { } words)
            {
                RequirementLine.Split(items[i]).ShouldBe(words, items[i]);
            }
            else
            {
                Should.Throw<EnvironmentException>(() => RequirementLine.Split(items[i]), items[i]);
            }
        }
    }
}
