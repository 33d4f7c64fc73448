using System.Net;
using Microsoft.Data.Sqlite;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Runs;

/// <summary>Metrics of a long training, as a page asks for them.</summary>
public sealed class CurvesApiTests : IAsyncLifetime
{
    private const int Points = 1_000_000;
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_million_points_come_as_some_hundred_with_their_extremes()
    {
        await _server.SaveAsync(Definitions.Flow("curves", Definitions.Line("a")));
        var run = await _server.RunAsync("curves");
        await _server.EndAsync(run);
        (await _server.GetAsync($"/api/runs/{run}/curves")).AsArray().ShouldBeEmpty();
        await RecordAsync(run);

        var curve = (await _server.GetAsync($"/api/runs/{run}/curves?points=400")).AsArray().ShouldHaveSingleItem()!;
        curve["name"]!.GetValue<string>().ShouldBe("train.loss");
        curve["count"]!.GetValue<long>().ShouldBe(Points);
        var points = curve["points"]!.AsArray().Select(p => (Step: p![0]!.GetValue<double>(), Value: p[1]!.GetValue<double>())).ToList();
        points.Count.ShouldBeInRange(100, 800);
        points.ShouldContain((777_777, -1));
        points.ShouldContain((333_333, 99));
        (await _server.GetAsync($"/api/runs/{run}/curves?name=train.loss&job=none")).AsArray().ShouldBeEmpty();
        (await _server.Http.GetAsync($"/api/runs/{run}/curves?points=3")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _server.Http.GetAsync("/api/runs/nothere/curves")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task RecordAsync(string run)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_server.Home, "sandbox.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 300;
        command.CommandText =
            """
            WITH RECURSIVE steps(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM steps WHERE n + 1 < @points)
            INSERT INTO tracking_metrics (RunId, JobId, Attempt, Name, Step, Time, Value)
            SELECT @run, NULL, NULL, 'train.loss', n, 0, CASE n WHEN 777777 THEN -1 WHEN 333333 THEN 99 ELSE 1.0 / (n + 1) END FROM steps
            """;
        command.Parameters.AddWithValue("@points", Points);
        command.Parameters.AddWithValue("@run", run);
        await command.ExecuteNonQueryAsync();
    }
}
