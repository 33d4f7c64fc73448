using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>One activity tried by itself.</summary>
public sealed class ActivityTestTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Its_result_is_given_and_nothing_of_it_stays()
    {
        var saved = await _server.SaveAsync(Definitions.Flow(
            "flow", Definitions.Line("a"), Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "t"), ("extraConfigs", "type: command\ncommand: [sh, -c, 'exit 0']")),
            Definitions.Activity("f", "Elsa.Fault", ("message", "on purpose"))), publish: false);
        var versionId = saved["workflowDefinition"]!["id"]!.GetValue<string>();

        (await TestAsync(versionId, "t"))["status"]!.GetValue<string>().ShouldBe("Completed");
        var line = await TestAsync(versionId, "a");
        (line["status"]!.GetValue<string>(), line["activityState"]!["Text"]!.GetValue<string>()).ShouldBe(("Completed", "hello"));
        var fault = await TestAsync(versionId, "f");
        fault["status"]!.GetValue<string>().ShouldBe("Faulted");
        fault["exception"]!["message"]!.GetValue<string>().ShouldContain("on purpose");

        (await _server.GetAsync("/elsa/api/workflow-definitions/query/count"))["count"]!.GetValue<int>().ShouldBe(1);
        (await _server.GetAsync("/elsa/api/workflow-instances"))["totalCount"]!.GetValue<int>().ShouldBe(0);
    }

    private Task<JsonNode> TestAsync(string versionId, string activity) => _server.PostAsync("/elsa/api/tests/activities", new JsonObject
    {
        ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = versionId },
        ["activityHandle"] = new JsonObject { ["activityNodeId"] = $"Workflow1:root:{activity}" },
    });
}
