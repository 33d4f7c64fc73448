using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sandbox.Server.Tests.Testing;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Tests.Access;

/// <summary>Who may do what.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    /// <summary>Open to all, and nothing else: documents without data, and health.</summary>
    private static readonly string[] Open =
    [
        "/", "/definitions", "/definitions/{id}", "/instances", "/instances/{id}", "/runs", "/runs/{id}", "/compare", "/data",
        "/environments", "/settings", "/shell/{**path}", "/favicon.ico", "/studio", "/studio/frame.js", "/studio/frame.css",
        "/studio/{**path}", "/charts/{**path}", "/health/live", "/health/ready",
    ];

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(null, "--Sandbox:RequiresKeys", "true");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_endpoint_refuses_without_a_key_when_keys_are_on()
    {
        var routes = Routes.Of(_server);
        routes.Count.ShouldBeGreaterThan(80);
        var open = new List<string>();
        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path(_ => "1"));
            var answer = await _server.Http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                open.Add(route.Pattern);
            }
        }

        open.Distinct().ShouldBe(Open, ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_allows_what_its_scopes_say_until_it_ends()
    {
        await SetupAsync();
        var reads = await KeyAsync(AccessScopes.Read);
        var runs = await KeyAsync(AccessScopes.Run);

        (await SendAsync(HttpMethod.Get, "/elsa/api/workflow-definitions", reads)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "/elsa/api/workflow-instances", reads)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Post, "/elsa/api/workflow-definitions/line/execute", reads)).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Post, "/elsa/api/workflow-definitions/line/execute", runs)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Delete, "/elsa/api/workflow-definitions/line", runs)).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Get, "/api/audit", runs)).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Get, "/elsa/api/workflow-definitions", runs, "Bearer")).ShouldBe(HttpStatusCode.OK);

        await Keys.RevokeAsync(runs.Split('_')[1], CancellationToken.None);
        (await SendAsync(HttpMethod.Get, "/elsa/api/workflow-definitions", runs)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(HttpMethod.Get, "/elsa/api/workflow-definitions", reads + "x")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_ran_what_stands_in_the_audit_log_and_the_key_nowhere()
    {
        await SetupAsync();
        var key = await KeyAsync(AccessScopes.Run);
        await SendAsync(HttpMethod.Post, "/elsa/api/workflow-definitions/line/execute", key);

        var audit = _server.App.Services.GetRequiredService<AuditLog>();
        var log = await TestServer.UntilAsync(
            () => audit.ListAsync(10, CancellationToken.None), l => l.Exists(e => e.Path.EndsWith("/line/execute", StringComparison.Ordinal)));

        var entry = log.First(e => e.Path.EndsWith("/line/execute", StringComparison.Ordinal));
        entry.Who.ShouldContain(key.Split('_')[1]);
        entry.Status.ShouldBe(200);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var secret = key.Split('_', 3)[2];
        foreach (var file in Directory.GetFiles(_server.Home, "*", SearchOption.AllDirectories))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(content, Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(secret, customMessage: file);
        }
    }

    [Fact]
    public async Task Keys_that_are_none_cannot_be_tried_out()
    {
        HttpStatusCode last = default;
        for (var i = 0; i < 40; i++)
        {
            last = await SendAsync(HttpMethod.Get, "/elsa/api/workflow-definitions", $"sbx_{i:x8}_guess");
        }

        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_no_origin_is_let_in()
    {
        var answer = await _server.Http.GetAsync("/");

        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'self'");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private ApiKeys Keys => _server.App.Services.GetRequiredService<ApiKeys>();

    private async Task<string> KeyAsync(AccessScopes scopes) => (await Keys.CreateAsync("test", scopes, null, CancellationToken.None)).Text;

    private async Task SetupAsync()
    {
        var edit = await KeyAsync(AccessScopes.Edit | AccessScopes.Read);
        _server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", edit);
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        _server.Http.DefaultRequestHeaders.Authorization = null;
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string key, string scheme = "ApiKey")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, key);
        return (await _server.Http.SendAsync(request)).StatusCode;
    }
}
