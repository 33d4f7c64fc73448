using System.Net;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>The pages' files.</summary>
public sealed class StudioFilesTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Studio_is_sent_compressed_as_it_lies_in_its_package()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/studio/_framework/blazor.webassembly.js");
        request.Headers.Add("Accept-Encoding", "br");

        var answer = await _server.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs/0123")]
    [InlineData("/definitions/abc")]
    public async Task A_deep_link_leads_into_the_shell(string path) =>
        (await _server.Http.GetStringAsync(path)).ShouldContain("/shell/app.js");

    [Theory]
    [InlineData("/studio/../appsettings.json")]
    [InlineData("/studio/%2e%2e/%2e%2e/package.json")]
    [InlineData("/studio/..%2f..%2fpackage.json")]
    [InlineData("/shell/..%2f..%2fSandbox.Server.dll")]
    [InlineData("/shell/%00")]
    public async Task No_path_leaves_its_root(string path)
    {
        var answer = await _server.Http.GetAsync(path);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }
}
