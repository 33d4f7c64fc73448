using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Hosting;

/// <summary>Puts the engine into a host's services.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds the engine: <see cref="WorkflowRuntime"/>, <see cref="InstanceQueries"/>, <see cref="DefinitionStore"/>,
    /// <see cref="ActivityRegistry"/> with
    /// Elsa's activities. Hosts add their <see cref="IJobHandler"/>s, and fill the registry further through
    /// <see cref="ActivityRegistration"/>s. A <see cref="TimeProvider"/> and logging may be there already.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="store">Where the state is kept.</param>
    /// <param name="options">How instances are worked; null for the defaults.</param>
    public static IServiceCollection AddSandboxEngine(
        this IServiceCollection services, EngineStoreOptions store, RuntimeOptions? options = null)
    {
        services.AddLogging();
        services.AddEnginePersistence(store);
        services.TryAddSingleton(options ?? new RuntimeOptions());
        services.TryAddSingleton(CreateRegistry);
        services.TryAddSingleton(CreateServices);
        services.TryAddSingleton(provider => new WorkflowRuntime(provider.GetRequiredService<RuntimeServices>()));
        services.TryAddSingleton(provider => new InstanceQueries(provider.GetRequiredService<RuntimeServices>()));
        return services;
    }

    private static ActivityRegistry CreateRegistry(IServiceProvider provider)
    {
        var registry = new ActivityRegistry();
        BuiltInActivities.AddTo(registry, provider.GetRequiredService<RuntimeOptions>().Output);
        foreach (var registration in provider.GetServices<ActivityRegistration>())
        {
            registry.Add(registration.Descriptor, registration.Create);
        }

        return registry;
    }

    private static RuntimeServices CreateServices(IServiceProvider provider) => new(
        provider.GetRequiredService<EngineDatabase>(),
        provider.GetRequiredService<DefinitionStore>(),
        provider.GetRequiredService<ActivityRegistry>(),
        provider.GetServices<IJobHandler>(),
        provider.GetRequiredService<RuntimeOptions>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<WorkflowRuntime>>());
}

/// <summary>An activity type that a host brings.</summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Create">Makes its behaviour.</param>
public sealed record ActivityRegistration(ActivityDescriptor Descriptor, Func<IActivity> Create);
