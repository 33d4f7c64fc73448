using Sandbox.Server.Hosting;

namespace Sandbox.Server.Traces;

/// <summary>Registers what sends traces, where the settings name a collector.</summary>
internal static class TraceServices
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static void AddTraces(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.TracesTo is { } address)
        {
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }) { Timeout = Timeout };
            services.AddSingleton(new TraceCollector(new Uri(address), client));
            services.AddHostedService<TraceSender>();
        }
    }
}
