using Sandbox.Core.Faults;

namespace Sandbox.Workflows.Tests.Definitions;

public sealed class SandboxRuleTests : IAsyncLifetime
{
    private const string Train = "type: ngram_lm\\ntrain_dataset: d.jsonl\\nmodel_path: m.arpa";
    private readonly TestHome _home = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Theory]
    [InlineData("\"extraConfigs\":\"a: [1\"", "not valid YAML")]
    [InlineData("\"extraConfigs\":\"type: ngram_lmm\"", "ngram_lm")]
    [InlineData("\"extraConfigs\":\"" + Train + "\\nordre: 3\"", "order")]
    [InlineData("\"extraConfigs\":\"[1]\"", "must be a mapping")]
    [InlineData("\"metaName\":\"m\"", "extra_configs")]
    [InlineData("\"extraConfigs\":\"" + Train + "\",\"input\":\"dj_confgs.a: -1.x\"", "dj_configs")]
    [InlineData("\"extraConfigs\":\"" + Train + "\",\"input\":\"extra_configs.order: '-1.x'\"", "no job runs before this one")]
    [InlineData("\"extraConfigs\":\"" + Train + "\",\"input\":\"extra_configs.order: anonymous.other.x\"", "no job of this workflow")]
    [InlineData("\"extraConfigs\":\"" + Train + "\",\"timeout\":\"soon\"", "duration")]
    [InlineData("\"extraConfigs\":\"" + Train + "\",\"output\":\"[a, b, c, d, e]\"", "output names 5 results")]
    public async Task A_wrong_input_of_a_hook_is_refused_with_the_activity(string inputs, string why)
    {
        var message = await RefusedAsync($$$"""
            {"definitionId":"d","root":{"type":"Elsa.Flowchart","id":"f","activities":[{"type":"Sandbox.TrainModelHook","id":"t1",{{{inputs}}}}]}}
            """);
        message.ShouldContain("t1");
        message.ShouldContain(why);
    }

    [Theory]
    [InlineData("{{ trian.model }}", "no job of this workflow is")]
    [InlineData("{{ nobody.train.model }}", "no job of this workflow is")]
    public async Task A_placeholder_for_a_job_that_is_not_there_is_refused(string placeholder, string why)
    {
        var message = await RefusedAsync(Placeholder(placeholder));
        message.ShouldContain("use");
        message.ShouldContain("extra_configs.command[1]");
        message.ShouldContain(why);
    }

    [Theory]
    [InlineData("{{ train.model }}")]
    [InlineData("{{ anonymous.train.model }}")]
    [InlineData("{{ job.dir }}")]
    [InlineData("{{ x }}")]
    public async Task A_placeholder_for_a_job_that_is_there_is_none(string placeholder)
    {
        var path = _home.Write("d.json", Placeholder(placeholder));
        (await _home.Workflows.ImportAsync(path, CancellationToken.None)).Definition.IsPublished.ShouldBeTrue();
    }

    [Fact]
    public async Task The_job_before_is_refused_where_branches_run_in_parallel()
    {
        var message = await RefusedAsync($$$"""
            {"definitionId":"d","root":{"type":"Elsa.Flowchart","id":"f","activities":[
              {"type":"Sandbox.TrainModelHook","id":"start","extraConfigs":"{{{Train}}}"},
              {"type":"Sandbox.TrainModelHook","id":"left","extraConfigs":"{{{Train}}}"},
              {"type":"Sandbox.TrainModelHook","id":"right","extraConfigs":"{{{Train}}}"},
              {"type":"Sandbox.TrainModelHook","id":"joined","extraConfigs":"{{{Train}}}","input":"extra_configs.train_dataset: '-1.x'"}],
             "connections":[
              {"source":{"activity":"start","port":"Done"},"target":{"activity":"left"}},
              {"source":{"activity":"start","port":"Done"},"target":{"activity":"right"}},
              {"source":{"activity":"left","port":"Done"},"target":{"activity":"joined"}},
              {"source":{"activity":"right","port":"Done"},"target":{"activity":"joined"}}]}}
            """);
        message.ShouldContain("joined");
        message.ShouldContain("branches run in parallel");
    }

    [Fact]
    public async Task What_is_known_only_when_it_runs_is_no_fault()
    {
        var path = _home.Write("d.json", $$$"""
            {"definitionId":"d","variables":[{"id":"v","name":"v","typeName":"String"}],
             "root":{"type":"Elsa.Flowchart","id":"f","activities":[
              {"type":"Sandbox.TrainModelHook","id":"a","extraConfigs":"configs/yet-to-come.yaml"},
              {"type":"Sandbox.TrainModelHook","id":"b","extraConfigs":{"typeName":"String","expression":{"type":"Variable","value":{"id":"v"} } } },
              {"type":"Sandbox.TrainModelHook","id":"c","local":"extra_configs.type: ngram_lm"},
              {"type":"Sandbox.TrainModelHook","id":"e","input":"extra_configs: '-1.config'"}],
             "connections":[
              {"source":{"activity":"a","port":"Done"},"target":{"activity":"b"}},
              {"source":{"activity":"b","port":"Done"},"target":{"activity":"c"}},
              {"source":{"activity":"c","port":"Done"},"target":{"activity":"e"}}]}}
            """);
        (await _home.Workflows.ImportAsync(path, CancellationToken.None)).Definition.IsPublished.ShouldBeTrue();
    }

    private static string Placeholder(string text) => $$$"""
        {"definitionId":"d","root":{"type":"Elsa.Flowchart","id":"f","activities":[
          {"type":"Sandbox.TrainModelHook","id":"train","metaName":"train","extraConfigs":"{{{Train}}}"},
          {"type":"Sandbox.EvaluateModelHook","id":"use","extraConfigs":"type: command\ncommand: [echo, '{{{text}}}']"}],
         "connections":[{"source":{"activity":"train","port":"Done"},"target":{"activity":"use"}}]}}
        """;

    private async Task<string> RefusedAsync(string json)
    {
        var path = _home.Write("d.json", json);
        return (await Should.ThrowAsync<FaultException>(() => _home.Workflows.ImportAsync(path, CancellationToken.None))).Message;
    }
}
