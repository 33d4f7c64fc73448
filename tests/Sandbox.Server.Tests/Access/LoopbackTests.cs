using System.Net;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Access;

/// <summary>A server that listens to this machine only asks programs of this machine for no key.</summary>
public sealed class LoopbackTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_program_of_this_machine_needs_no_key() =>
        (await _server.Http.GetAsync("/elsa/api/workflow-definitions")).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task A_page_of_elsewhere_that_a_browser_here_shows_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/events/go/publish");
        request.Headers.TryAddWithoutValidation(header, value);

        (await _server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Health_and_metrics_answer()
    {
        (await _server.Http.GetStringAsync("/health/live")).ShouldBe("live");
        (await _server.Http.GetStringAsync("/health/ready")).ShouldBe("ready");
        var metrics = await _server.Http.GetStringAsync("/metrics");
        metrics.ShouldContain("sandbox_http_requests_total{status=\"2xx\"}");
        metrics.ShouldContain("sandbox_runs_working 0");
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await _server.GetAsync("/openapi/v1.json");

        document["openapi"]!.GetValue<string>().ShouldStartWith("3.");
        document["paths"]!.AsObject().Count.ShouldBeGreaterThan(60);
    }
}
