using Sandbox.Server.Hosting;

namespace Sandbox.Server.Outbox;

/// <summary>Registers who is told of runs, as the settings say.</summary>
internal static class OutboxServices
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static void AddOutbox(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.Webhooks.Count == 0 && settings.TracesTo is null)
        {
            return;
        }

        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }) { Timeout = Timeout };
        foreach (var address in settings.Webhooks)
        {
            services.AddSingleton<IOutboxTarget>(new Webhook(address, settings.WebhookSecret!, client));
        }

        if (settings.TracesTo is { } collector)
        {
            services.AddSingleton<IOutboxTarget>(new TraceCollector(collector, client));
        }

        services.AddHostedService<OutboxSender>();
    }
}
