using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Triggers;

namespace Sandbox.Engine.Persistence;

/// <summary>Registers the engine's database and the store of definitions.</summary>
internal static class PersistenceServices
{
    public static IServiceCollection AddEnginePersistence(this IServiceCollection services, EngineStoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<EngineDatabase>();
        services.AddSingleton<IDefinitionRule, TriggerRule>();
        services.AddSingleton<DefinitionValidator>();
        services.AddSingleton(provider => new EngineCommits(provider.GetRequiredService<EngineDatabase>()));
        services.AddSingleton(provider => new EngineBackup(
            provider.GetRequiredService<EngineDatabase>(), provider.GetRequiredService<EngineStoreOptions>()));
        services.AddSingleton(provider => new TriggerStore(
            provider.GetRequiredService<EngineDatabase>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DefinitionStore(
            provider.GetRequiredService<EngineDatabase>(), provider.GetRequiredService<DefinitionValidator>()));
        return services;
    }
}
