namespace Sandbox.Server.Tests.Browser;

/// <summary>All browser tests share one browser, in which Studio is booted once.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<StudioFixture>
{
    public const string Name = "browser";
}
