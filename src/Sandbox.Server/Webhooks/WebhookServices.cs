namespace Sandbox.Server.Webhooks;

/// <summary>Registers what tells others of runs.</summary>
internal static class WebhookServices
{
    /// <summary>The environment variable that holds the secret of the signature.</summary>
    public const string SecretVariable = "SANDBOX_WEBHOOK_SECRET";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(p => new WebhookSender(
            // Where a receiver leads elsewhere, what is sent would go to somebody that nobody named.
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout },
            Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } secret ? secret : null,
            p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<WebhookPump>();
    }
}
