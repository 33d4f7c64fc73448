using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;
using Sandbox.Testing.Chat;

namespace Sandbox.EndToEnd.Upstream;

/// <summary>Upstream's prompt optimisation over a grader, against a server without chance: the answers are those of the
/// reference's server.</summary>
public sealed partial class AutoPromptTests
{
    private const string Runs = "upstream-runs/auto-prompt";
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);

    [ReferenceTheory($"{Runs}/sandbox/auto-prompt.yaml")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_get_better_until_the_target_is_met_as_upstream_wrote_it(bool withTrouble)
    {
        using var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs", "inputs");
        using var server = new ChatStub((body, number) => withTrouble ? WithTrouble(body, number) : Answer(body));
        site.Set("OPENAI_BASE_URL", server.Address);
        site.Set("OPENAI_API_KEY", "stub-key");

        var end = (await site.RunAsync("run", "sandbox/auto-prompt.yaml")).Succeeded();

        end.Output.ShouldContain("#3 ");
        end.Output.ShouldNotContain("#4 ");
        var files = Directory.EnumerateFiles(Reference.Find($"{Runs}/out")!, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Reference.Find($"{Runs}/out")!, f)).Order(StringComparer.Ordinal).ToList();
        site.Files("out").ShouldBe(files);
        foreach (var file in files.Where(f => f.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            JsonComparison.RowDifferences(File.ReadAllLines(Reference.Find($"{Runs}/out/{file}")!), site.ReadLines($"out/{file}")).ShouldBeEmpty(file);
        }

        JsonComparison.Differences(
            File.ReadAllText(Reference.Find($"{Runs}/out/sandbox-auto-prompt/context_infos.json")!).Replace("RUN_DIR", site.Root, StringComparison.Ordinal),
            site.Read("out/sandbox-auto-prompt/context_infos.json")).ShouldBeEmpty();
        var asked = server.Asked.Select(Request).ToList();
        if (withTrouble)
        {
            asked.Count.ShouldBeGreaterThan(Exchange().Count);
            asked.Distinct().Order(StringComparer.Ordinal).ShouldBe(Exchange().Distinct().Order(StringComparer.Ordinal));
        }
        else
        {
            asked.Order(StringComparer.Ordinal).ShouldBe(Exchange().Order(StringComparer.Ordinal));
        }
    }

    // The operator's own system prompt is left out of the reference; so it is here.
    private static string Request(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        if (ChatStub.User(body).Contains("【提示词】", StringComparison.Ordinal))
        {
            copy["messages"]![0]!["content"] = "(the operator's default system prompt)";
        }

        return copy.ToJsonString();
    }

    private static List<string> Exchange() =>
        [.. File.ReadLines(Reference.Find($"{Runs}/exchange.jsonl")!).Select(l => JsonNode.Parse(l)!["body"]!.ToJsonString())];

    // Every seventh request meets a failure, a limit, or half an answer; some answers are slow.
    private static Reply WithTrouble(JsonObject body, int number) => (number % 7, number % 3) switch
    {
        (1, 0) => new Reply(500, "a fault of the server", RetryAfter: 0),
        (1, 1) => new Reply(429, "too many requests", RetryAfter: 0),
        (1, _) => new Reply(503, "busy", RetryAfter: 1),
        (2, _) => Answer(body) with { Ready = Task.Delay(Slow) },
        _ => Answer(body),
    };

    private static Reply Answer(JsonObject body)
    {
        var messages = body["messages"]!.AsArray();
        var system = messages.FirstOrDefault(m => (string)m!["role"]! == "system")?["content"]?.ToString() ?? string.Empty;
        var user = ChatStub.User(body);
        if (Graded().Match(user) is { Success: true } grade)
        {
            var level = Strictness(system).DefaultIfEmpty(0).Last();
            var value = double.Parse(grade.Groups["g"].Value, CultureInfo.InvariantCulture);
            return Reply.Text(level == 1 && value < 0.3
                ? "no idea"
                : Math.Round(value + (0.6 / (level + 1)), 6).ToString("0.0#####", CultureInfo.InvariantCulture));
        }

        return Reply.Text(string.Create(
            CultureInfo.InvariantCulture, $"【提示词】\nGrade the answer with strictness {Strictness(user).DefaultIfEmpty(0).Max() + 1}.\n"));
    }

    private static IEnumerable<int> Strictness(string text) =>
        Level().Matches(text).Select(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[\[(?<g>[\d.]+)\]\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Graded();

    [GeneratedRegex(@"strictness (?<n>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Level();
}
