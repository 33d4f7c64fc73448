using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sandbox.Engine.Triggers;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Triggers;

/// <summary>Workflows that times start.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_timer_starts_runs_and_survives_a_restart()
    {
        await _server.SaveAsync(Definitions.Flow("tick", Trigger("Elsa.Timer", ("interval", "00:00:01")), Definitions.Line("l")));
        await CountAsync(_server, n => n >= 2);
        await _server.App.StopAsync();
        var before = await RunsAsync(_server.Home);

        await using var next = await TestServer.StartAsync(_server.Root);

        await CountAsync(next, n => n >= before + 2);
    }

    [Fact]
    public async Task One_run_comes_of_a_time_however_many_servers_look()
    {
        await using var second = await TestServer.StartAsync(_server.Root);
        var at = DateTimeOffset.UtcNow.AddSeconds(3);
        await _server.SaveAsync(Definitions.Flow("once", Trigger("Elsa.StartAt", ("dateTime", at.ToString("O"))), Definitions.Line("l")));

        await CountAsync(_server, n => n == 1);
        await Task.Delay(TimeSpan.FromSeconds(3));

        (await _server.GetAsync("/elsa/api/workflow-instances"))["totalCount"]!.GetValue<int>().ShouldBe(1);
        (await _server.App.Services.GetRequiredService<TriggerStore>().ScheduledAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("skip", 0)]
    [InlineData("once", 1)]
    [InlineData("all", 3)]
    public async Task Missed_times_are_made_up_for_as_the_trigger_says(string missed, int runs)
    {
        await _server.SaveAsync(Definitions.Flow("hourly", Trigger("Elsa.Cron", ("cronExpression", "0 * * * *"), ("missed", missed)), Definitions.Line("l")));
        var store = _server.App.Services.GetRequiredService<TriggerStore>();
        var next = (await store.ScheduledAsync(CancellationToken.None)).ShouldHaveSingleItem().NextAt!.Value;
        await _server.App.StopAsync();

        // As if the server had been away for the last three hours.
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_server.Home, "sandbox.db")}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE WorkflowTriggers SET NextAt = {next.AddHours(-3).UtcTicks}";
            await command.ExecuteNonQueryAsync();
        }

        await using var back = await TestServer.StartAsync(_server.Root);
        var again = back.App.Services.GetRequiredService<TriggerStore>();
        await TestServer.UntilAsync(() => again.ScheduledAsync(CancellationToken.None), t => t.Single().NextAt >= next);

        (await back.GetAsync("/elsa/api/workflow-instances"))["totalCount"]!.GetValue<int>().ShouldBe(runs);
    }

    [Theory]
    [InlineData("Elsa.Cron", "cronExpression", "every day", "cron")]
    [InlineData("Elsa.Timer", "interval", "soon", "interval")]
    [InlineData("Elsa.StartAt", "dateTime", "tomorrow", "date")]
    public async Task A_schedule_that_is_none_is_refused_when_it_is_published(string type, string input, string value, string expected)
    {
        var definition = Definitions.Flow("bad", Trigger(type, (input, value)), Definitions.Line("l"));

        var answer = await _server.Http.PostAsync(
            "/elsa/api/workflow-definitions",
            new StringContent(new JsonObject { ["model"] = definition, ["publish"] = true }.ToJsonString(), Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(expected);
    }

    [Fact]
    public async Task An_event_starts_a_workflow()
    {
        await _server.SaveAsync(Definitions.Flow("onEvent", Trigger("Elsa.Event", ("eventName", "arrived")), Definitions.Line("l")));

        var answer = await _server.PostAsync("/elsa/api/events/arrived/publish");

        var id = answer["workflowInstanceIds"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        (await _server.EndAsync(id)).ShouldBe("Finished");
    }

    private static JsonObject Trigger(string type, params (string, JsonNode)[] inputs)
    {
        var activity = Definitions.Activity("t", type, inputs);
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return activity;
    }

    private static Task CountAsync(TestServer server, Func<int, bool> isEnough) => TestServer.UntilAsync(
        () => server.GetAsync("/elsa/api/workflow-instances?subStatus=Finished"), p => isEnough(p["totalCount"]!.GetValue<int>()));

    private static async Task<int> RunsAsync(string home)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(home, "sandbox.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM WorkflowInstances WHERE SubStatus = 'Finished'";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
