using Microsoft.Extensions.Configuration;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Tests.Hosting;

public sealed class ServerSettingsTests
{
    [Theory]
    [InlineData("Webhooks")]
    [InlineData("TracesTo")]
    public void An_address_with_a_password_is_refused_without_repeating_it(string setting)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{ServerSettings.Section}:{setting}", "https://me:hush@example.org/x")]).Build();

        var message = Should.Throw<SettingsException>(() => ServerSettings.Read(configuration)).Message;

        message.ShouldContain("example.org holds a user or a password");
        message.ShouldNotContain("hush");
    }
}
