using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>Definitions over the API, as Studio saves, publishes and moves them.</summary>
public sealed class DefinitionApiTests : IAsyncLifetime
{
    private const string Api = "/elsa/api/workflow-definitions";
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_invalid_draft_is_stored_with_its_faults_and_cannot_be_published_or_run()
    {
        await _server.SaveAsync(Definitions.Flow("draft", Definitions.Activity("a", "Sandbox.ProcesDataHook")), publish: false);

        var faults = (await _server.GetAsync("/api/definitions/draft/faults"))["faults"]!.AsArray();
        faults.ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("Did you mean \"Sandbox.ProcessDataHook\"?");
        var publish = await Send("/elsa/api/workflow-definitions/draft/publish");
        publish.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        publish.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var run = await Send($"{Api}/draft/execute", """{"versionOptions":"Latest"}""");
        run.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        run.Headers.GetValues("x-elsa-workflow-cannot-start").ShouldHaveSingleItem().ShouldBe("True");
        (await _server.GetAsync("/elsa/api/workflow-instances"))["totalCount"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_stale_save_overwrites_nothing_and_the_losing_draft_is_kept_as_a_version()
    {
        await _server.SaveAsync(Definitions.Flow("shared", Definitions.Line("a")), publish: false);
        var (mine, theirs) = (await OpenAsync("shared"), await OpenAsync("shared"));
        mine["name"] = "mine";
        theirs["name"] = "theirs";

        await _server.SaveAsync(mine, publish: false);
        var refused = await Send(Api, new JsonObject { ["model"] = theirs, ["publish"] = false }.ToJsonString());

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("kept as version 2");
        (await OpenAsync("shared"))["name"]!.GetValue<string>().ShouldBe("mine");
        (await _server.GetAsync($"{Api}/by-definition-id/shared?versionOptions=2"))["name"]!.GetValue<string>().ShouldBe("theirs");
    }

    [Fact]
    public async Task An_editor_saves_again_before_it_has_seen_the_answer()
    {
        await _server.SaveAsync(Definitions.Flow("quick", Definitions.Line("a")), publish: false);
        var draft = await OpenAsync("quick");

        draft["name"] = "first";
        await _server.SaveAsync(draft, publish: false);
        draft["name"] = "second";
        await _server.SaveAsync(draft, publish: true);
        draft["name"] = "third";
        await _server.SaveAsync(draft, publish: false);

        var latest = await OpenAsync("quick");
        (latest["name"]!.GetValue<string>(), latest["version"]!.GetValue<int>()).ShouldBe(("third", 2));
        var published = await _server.GetAsync($"{Api}/by-definition-id/quick?versionOptions=Published");
        published["name"]!.GetValue<string>().ShouldBe("second");
    }

    [Fact]
    public async Task A_version_that_a_run_has_used_is_frozen()
    {
        await _server.SaveAsync(Definitions.Flow("used", Definitions.Line("a")), publish: false);
        var draft = await OpenAsync("used");
        await _server.EndAsync(await _server.RunAsync("used"));

        draft["name"] = "changed";
        var saved = (await _server.SaveAsync(draft, publish: false))["workflowDefinition"]!;

        saved["version"]!.GetValue<int>().ShouldBe(2);
        (await _server.GetAsync($"{Api}/by-id/{draft["id"]}"))["name"]!.GetValue<string>().ShouldBe("used");
    }

    [Fact]
    public async Task An_export_imports_again_and_a_version_is_rolled_back_and_deleted()
    {
        await _server.SaveAsync(Definitions.QuickDemo());
        var id = (await _server.GetAsync(Api))["items"]![0]!["definitionId"]!.GetValue<string>();
        var file = await _server.Http.GetByteArrayAsync($"{Api}/{id}/export");
        Encoding.UTF8.GetString(file).ShouldNotContain("sandbox:edit");
        (await _server.Http.DeleteAsync($"{Api}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using var upload = new MultipartFormDataContent { { new ByteArrayContent(file), "files", "demo.json" } };
        var imported = await _server.Http.PostAsync($"{Api}/import-files", upload);
        (await imported.Content.ReadAsStringAsync()).ShouldBe("""{"count":1}""");
        var again = await _server.Http.GetByteArrayAsync($"{Api}/{id}/export");
        WithoutIdentity(again).ShouldBe(WithoutIdentity(file));

        var draft = await OpenAsync(id);
        draft["name"] = "other";
        await _server.SaveAsync(draft, publish: false);
        (await Send($"{Api}/{id}/revert/1")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await OpenAsync(id))["name"]!.GetValue<string>().ShouldBe("demo / demo-quick");
        (await _server.Http.DeleteAsync($"{Api}/{id}/version/3")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OpenAsync(id))["version"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Studios_own_saves_are_taken()
    {
        if (Reference.Find("elsa/studio-samples") is not { } samples)
        {
            return;
        }

        var create = await _server.PostAsync(Api, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(samples, "SAVE-create-new.json"))));

        var made = create["workflowDefinition"]!;
        made["definitionId"]!.GetValue<string>().Length.ShouldBe(16);
        made["root"]!["nodeId"]!.GetValue<string>().ShouldStartWith("Workflow1:");
        made["options"].ShouldNotBeNull();
        made["links"]!.AsArray().Select(l => l!["rel"]!.GetValue<string>()).ShouldContain("publish");
        foreach (var file in Directory.GetFiles(samples, "SAVE-*.json"))
        {
            var body = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
            body["publish"] = false;
            await _server.PostAsync(Api, body);
        }
    }

    [Fact]
    public async Task Lists_are_filtered_sorted_and_paged()
    {
        foreach (var name in (string[])["zulu", "c", "a"])
        {
            await _server.SaveAsync(Definitions.Flow(name, Definitions.Line("x")), publish: name != "c");
        }

        var page = await _server.GetAsync($"{Api}?versionOptions=Latest&Page=1&PageSize=2&OrderBy=Name&OrderDirection=Descending");
        page["items"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("a");
        page["totalCount"]!.GetValue<int>().ShouldBe(3);
        var published = await _server.GetAsync($"{Api}?versionOptions=Published&DefinitionIds=a&DefinitionIds=c");
        published["items"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("a");
        (await _server.GetAsync($"{Api}?versionOptions=&SearchTerm=ZUL"))["totalCount"]!.GetValue<int>().ShouldBe(1);
        (await _server.GetAsync($"{Api}/validation/is-name-unique?name=a"))["isUnique"]!.GetValue<bool>().ShouldBeFalse();
        (await _server.Http.GetAsync($"{Api}?PageSize=-1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _server.Http.GetAsync($"{Api}/nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<JsonObject> OpenAsync(string definitionId) =>
        (await _server.GetAsync($"{Api}/by-definition-id/{definitionId}?versionOptions=Latest")).AsObject();

    private Task<HttpResponseMessage> Send(string path, string body = "{}") =>
        _server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private static string WithoutIdentity(byte[] export)
    {
        var json = JsonNode.Parse(export)!.AsObject();
        foreach (var name in (string[])["id", "createdAt", "version"])
        {
            json.Remove(name);
        }

        return json.ToJsonString();
    }
}
