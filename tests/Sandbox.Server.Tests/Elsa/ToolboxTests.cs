using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components;
using Sandbox.Components.Catalogue;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>What an editor offers, and what becomes of it.</summary>
public sealed class ToolboxTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Each_hook_is_there_once_under_its_stage_with_a_description_and_its_types_to_choose_from()
    {
        var activities = (await _server.GetAsync("/elsa/api/descriptors/activities"))["items"]!.AsArray();
        var offer = _server.App.Services.GetRequiredService<SandboxOffer>();
        var catalogue = ComponentCatalogue.Of(offer.Hooks, offer.Components);

        foreach (var hook in catalogue.Where(e => e.Kind == "hook"))
        {
            var activity = activities.Where(a => a!["typeName"]!.GetValue<string>() == $"Sandbox.{hook.Name}").ShouldHaveSingleItem()!;
            activity["category"]!.GetValue<string>().ShouldBeOneOf("1 Probe", "2 Refine recipe", "3 Execute", "4 Evaluate");
            activity["description"]!.GetValue<string>().ShouldNotBeEmpty();
        }

        var offered = activities.SelectMany(a => a!["inputs"]!.AsArray()).Where(i => i!["name"]!.GetValue<string>() == "ComponentType")
            .SelectMany(i => i!["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray().Select(o => o!["value"]!.GetValue<string>())).ToHashSet();
        catalogue.Where(e => e.Kind is not ("hook" or "DataExecutorFactory")).Select(e => e.Name).Except(offered).ShouldBeEmpty();
        var options = activities.Single(a => a!["typeName"]!.GetValue<string>() == "Sandbox.TrainModelHook")!["inputs"]!.AsArray()
            .Single(i => i!["name"]!.GetValue<string>() == "ExtraConfigs")!;
        (options["uiHint"]!.GetValue<string>(), options["uiSpecifications"]!["code-editor"]!["language"]!.GetValue<string>()).ShouldBe(("code-editor", "yaml"));
    }

    [Fact]
    public async Task A_type_that_is_chosen_is_the_one_that_runs()
    {
        var job = Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "t"), ("componentType", "command"), ("extraConfigs", "command: [sh, -c, 'exit 0']"));
        await _server.SaveAsync(Definitions.Flow("chosen", job));

        (await _server.EndAsync(await _server.RunAsync("chosen"))).ShouldBe("Finished");
    }

    [Fact]
    public async Task What_is_wrong_with_a_draft_is_said_when_it_is_saved_and_keeps_it_from_being_published()
    {
        var job = Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "t"), ("componentType", "commando"), ("extraConfigs", "order: [1"));
        await _server.SaveAsync(Definitions.Flow("wrong", job), publish: false);

        var faults = (await _server.GetAsync("/api/definitions/wrong/faults"))["faults"]!.AsArray().Select(f => f!.GetValue<string>()).ToList();

        faults.ShouldContain(f => f.Contains("extraConfigs", StringComparison.Ordinal));
        var body = new JsonObject { ["model"] = Definitions.Flow("wrong", Definitions.Activity("t", "Sandbox.TrainModelHook", ("componentType", "commando"), ("extraConfigs", "order: 3"))), ["publish"] = true };
        var answer = await _server.Http.PostAsync("/elsa/api/workflow-definitions", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("commando");
    }

    [Fact]
    public async Task An_input_that_an_editor_fills_in_without_a_type_counts()
    {
        var line = Definitions.Line("a", "said");
        line["text"]!.AsObject().Remove("typeName");
        await _server.SaveAsync(Definitions.Flow("line", line));

        var id = await _server.RunAsync("line");
        await _server.EndAsync(id);
        var records = await _server.GetAsync($"/elsa/api/activity-executions/list?workflowInstanceId={id}");
        records["items"]!.AsArray().Single(r => r!["activityType"]!.GetValue<string>() == "Elsa.WriteLine")!["activityState"]!["Text"]!.GetValue<string>().ShouldBe("said");
    }
}
