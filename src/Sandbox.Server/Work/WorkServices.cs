namespace Sandbox.Server.Work;

/// <summary>Registers what works runs.</summary>
internal static class WorkServices
{
    public static void AddWork(this IServiceCollection services) => services
        .AddSingleton<HostDescription>()
        .AddSingleton<LiveRuns>()
        .AddSingleton<InstanceWorker>()
        .AddSingleton<RunLauncher>()
        .AddHostedService(provider => provider.GetRequiredService<HostDescription>())
        .AddHostedService(provider => provider.GetRequiredService<InstanceWorker>());
}
