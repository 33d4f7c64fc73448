using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Access;

/// <summary>Ten thousand malformed and hostile requests.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Requests = 10_000;
    private TestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync(null, "--Sandbox:RequestsPerSecond", "1000000", "--Sandbox:MaxRequestBytes", "1048576");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Hostile_requests_get_a_problem_document_and_change_nothing()
    {
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        await _server.EndAsync(await _server.RunAsync("line"));
        await TestServer.UntilAsync(() => _server.GetAsync("/elsa/api/workflow-instances"), p => !p["items"]![0]!["isExecuting"]!.GetValue<bool>());
        var before = await TablesAsync();
        var hostile = new HostileRequests(20261125, Routes.Of(_server));
        var wrong = new ConcurrentQueue<string>();

        foreach (var batch in Enumerable.Range(0, Requests).Select(_ => hostile.Next()).Chunk(16))
        {
            await Task.WhenAll(batch.Select(request => SendAsync(request, wrong)));
        }

        string.Join('\n', wrong.Take(20)).ShouldBeEmpty();
        (await TablesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await _server.Http.PostAsync("/elsa/api/workflow-definitions", new ByteArrayContent(new byte[2_000_000]));

        ((int)answer.StatusCode).ShouldBe(413);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private async Task SendAsync(HttpRequestMessage request, ConcurrentQueue<string> wrong)
    {
        using (request)
        {
            using var answer = await _server.Http.SendAsync(request);
            var type = answer.Content.Headers.ContentType?.MediaType;
            // A path that cannot be one is refused before anybody could write a document.
            var isNoPath = request.RequestUri!.AbsolutePath.Contains("%00", StringComparison.Ordinal) && (int)answer.StatusCode == 400;
            if ((int)answer.StatusCode is < 400 or >= 500 || (type != "application/problem+json" && !isNoPath))
            {
                var sent = request.Content is null ? string.Empty : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync());
                wrong.Enqueue($"{request.Method} {request.RequestUri} {sent[..Math.Min(sent.Length, 200)]}: {(int)answer.StatusCode} {type}");
            }
        }
    }

    /// <summary>What every table but the audit log holds.</summary>
    private async Task<string> TablesAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_server.Home, "sandbox.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            if (table is not ("sandbox_audit" or "sqlite_sequence"))
            {
                text.AppendLine(table);
                text.AppendJoin('\n', await ColumnAsync(connection, $"SELECT * FROM \"{table}\""));
            }
        }

        return text.ToString();
    }

    private static async Task<List<string>> ColumnAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        }

        return rows;
    }
}
