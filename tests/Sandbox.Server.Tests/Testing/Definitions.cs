using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Tests.Testing;

/// <summary>Definitions for tests.</summary>
internal static class Definitions
{
    /// <summary>The demo in small, compiled.</summary>
    public static JsonObject QuickDemo()
    {
        var check = SandboxServices.ConfigCheck().Check(new RunRequest("configs/demo/quick.yaml", [], Reference.Repository));
        check.IsValid.ShouldBeTrue(string.Join('\n', check.Faults));
        return check.Definition!;
    }

    /// <summary>A flowchart of activities one after another.</summary>
    public static JsonObject Flow(string definitionId, params JsonObject[] activities)
    {
        var connections = new JsonArray();
        for (var i = 1; i < activities.Length; i++)
        {
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = activities[i - 1]["id"]!.DeepClone(), ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = activities[i]["id"]!.DeepClone(), ["port"] = "In" },
            });
        }

        return new JsonObject
        {
            ["definitionId"] = definitionId,
            ["name"] = definitionId,
            ["root"] = new JsonObject
            {
                ["id"] = "root",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = new JsonArray([.. activities]),
                ["connections"] = connections,
            },
        };
    }

    /// <summary>An activity with literal inputs.</summary>
    public static JsonObject Activity(string id, string type, params (string Name, JsonNode Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            activity[name] = new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = ExpressionTypes.Literal, ["value"] = value },
            };
        }

        return activity;
    }

    public static JsonObject Line(string id, string text = "hello") => Activity(id, "Elsa.WriteLine", ("text", text));

    /// <summary>Saves a definition through the API and gives what the server answered.</summary>
    public static Task<JsonNode> SaveAsync(this TestServer server, JsonObject definition, bool publish = true) =>
        server.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = definition.DeepClone(), ["publish"] = publish });

    /// <summary>Starts a run and gives its id.</summary>
    public static async Task<string> RunAsync(this TestServer server, string definitionId, JsonObject? input = null)
    {
        var answer = await server.PostAsync(
            $"/elsa/api/workflow-definitions/{definitionId}/dispatch",
            new JsonObject { ["versionOptions"] = "Latest", ["input"] = input });
        return answer["workflowInstanceId"]!.GetValue<string>();
    }

    /// <summary>Waits until an instance has ended and gives its sub-status.</summary>
    public static async Task<string> EndAsync(this TestServer server, string instanceId)
    {
        var state = await TestServer.UntilAsync(
            () => server.GetAsync($"/elsa/api/workflow-instances/{instanceId}/execution-state"),
            s => s["status"]!.GetValue<string>() == "Finished");
        return state["subStatus"]!.GetValue<string>();
    }
}
