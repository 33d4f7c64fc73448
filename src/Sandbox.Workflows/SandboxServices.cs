using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Components;
using Sandbox.Components.Programs;
using Sandbox.Components.Validation;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Hosting;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Tracking;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Activities;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Comparisons;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Inspection;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Operations;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Promotion;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Resources;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows;

/// <summary>Puts the sandbox together.</summary>
public static class SandboxServices
{
    /// <summary>Adds everything that a host needs to run sandboxes in a home.</summary>
    /// <param name="services">The services.</param>
    /// <param name="home">Where the state lives.</param>
    /// <param name="moreHooks">Hooks of the host's own; their names end with <c>Hook</c>.</param>
    public static IServiceCollection AddSandbox(this IServiceCollection services, SandboxHome home, params IHook[] moreHooks)
    {
        var store = new EngineStoreOptions { DatabasePath = home.DatabasePath };
        services.AddSandboxEngine(store);
        services.AddSingleton(home);
        var programs = new ProgramHost(TimeProvider.System);
        services.AddSingleton(_ => programs);
        var offer = SandboxOffer.Of(programs, home.PluginDirectories, moreHooks);
        services.AddSingleton(offer).AddSingleton(offer.Components).AddSingleton(offer.Hooks);
        foreach (var activity in SandboxActivities.All(offer))
        {
            services.AddSingleton(activity);
        }

        services.AddSingleton<JobInspector>();
        services.AddSingleton<ConfigCheck>();
        services.AddSingleton<IDefinitionRule, SandboxRule>();
        services.AddSingleton(new TrackingStore(new TrackingStoreOptions
        {
            DatabasePath = home.DatabasePath,
            Connections = new ConnectionSettings(store.BusyTimeout),
        }));
        services.AddSingleton(new RunsDatabase(store));
        services.AddSingleton<IDbContextFactory<RunsDbContext>>(p => p.GetRequiredService<RunsDatabase>());
        return services.AddRuns().AddJobs().AddSweeps();
    }

    /// <summary>Checks configs without a database; of the home only its plugins are looked at.</summary>
    /// <param name="home">The home; the one that the environment names without it.</param>
    public static ConfigCheck ConfigCheck(SandboxHome? home = null)
    {
        var offer = Offer(home);
        return new ConfigCheck(offer, new JobInspector(offer.Hooks, offer.Components));
    }

    /// <summary>What a config can name in a home, with its plugins.</summary>
    /// <param name="home">The home; the one that the environment names without it.</param>
    public static SandboxOffer Offer(SandboxHome? home = null) => SandboxOffer.Of(
        new ProgramHost(TimeProvider.System), (home ?? SandboxHome.FromEnvironment(Environment.CurrentDirectory)).PluginDirectories);

    private static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<ContextFile>()
        .AddSingleton<Publisher>()
        .AddSingleton<DefinitionWriter>()
        .AddSingleton<RunStarter>()
        .AddSingleton(p => new RunQueries(
            p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<InstanceQueries>(), p.GetRequiredService<RunScopes>()))
        .AddSingleton<SharedCopies>()
        .AddSingleton(p => new RunCleaning(
            p.GetRequiredService<RunQueries>(), p.GetRequiredService<SharedCopies>(), p.GetRequiredService<SandboxHome>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new RunReports(
            p.GetRequiredService<RunQueries>(),
            p.GetRequiredService<TrackingStore>(),
            p.GetRequiredService<RunsDatabase>(),
            p.GetRequiredService<SandboxHome>(),
            p.GetRequiredService<SandboxSweeps>(),
            p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new RunInspection(
            p.GetRequiredService<RunQueries>(), p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<SandboxHome>()))
        .AddSingleton(p => new ComparableRuns(p.GetRequiredService<RunQueries>(), p.GetRequiredService<TrackingStore>()))
        .AddSingleton(p => new DefinitionRuns(
            p.GetRequiredService<WorkflowRuntime>(), p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new ApiKeys(
            p.GetRequiredService<EngineCommits>(), p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new AuditLog(p.GetRequiredService<EngineCommits>(), p.GetRequiredService<RunsDatabase>()))
        .AddSingleton(p => new RunOutbox(
            p.GetRequiredService<EngineCommits>(), p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new HomeBackups(
            p.GetRequiredService<EngineBackup>(),
            p.GetRequiredService<InstanceQueries>(),
            p.GetRequiredService<RunsDatabase>(),
            p.GetRequiredService<TrackingStore>(),
            p.GetRequiredService<SandboxHome>(),
            p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new RunRemoval(
            p.GetRequiredService<WorkflowRuntime>(),
            p.GetRequiredService<RunsDatabase>(),
            p.GetRequiredService<TrackingStore>(),
            p.GetRequiredService<SharedCopies>(),
            p.GetRequiredService<SandboxHome>()))
        .AddSingleton(p => new WorkflowFiles(
            p.GetRequiredService<DefinitionStore>(), p.GetRequiredService<DefinitionRuns>(), p.GetRequiredService<RunQueries>()))
        .AddSingleton<RunSinks>()
        .AddSingleton<RunWorker>()
        .AddSingleton(p => new SandboxRuns(
            p.GetRequiredService<RunStarter>(),
            p.GetRequiredService<RunWorker>(),
            p.GetRequiredService<WorkflowRuntime>(),
            p.GetRequiredService<RunPrograms>(),
            p.GetRequiredService<RunQueries>()));

    // The engine has the handler of sweeps, which has the engine: it asks for it when its first job comes.
    private static IServiceCollection AddSweeps(this IServiceCollection services) => services
        .AddSingleton<SweepStore>()
        .AddSingleton<TrialValues>()
        .AddSingleton<TrialRuns>()
        .AddSingleton(p => new Lazy<TrialRuns>(p.GetRequiredService<TrialRuns>))
        .AddSingleton<SweepExport>()
        .AddSingleton<IJobHandler, SweepJobHandler>()
        .AddSingleton(p => new WarmStarts(p.GetRequiredService<SandboxSweeps>()))
        .AddSingleton(p => new Lazy<WarmStarts>(p.GetRequiredService<WarmStarts>))
        .AddSingleton<ChosenRecipes>()
        .AddSingleton(p => new RecipePromotion(p.GetRequiredService<ChosenRecipes>()))
        .AddSingleton(p => new RunComparisons(
            p.GetRequiredService<RunQueries>(), p.GetRequiredService<SandboxSweeps>(), p.GetRequiredService<TrackingStore>(), p.GetRequiredService<TimeProvider>()))
        .AddSingleton(p => new SandboxSweeps(
            p.GetRequiredService<SweepStore>(), p.GetRequiredService<RunQueries>(), p.GetRequiredService<RunsDatabase>(), p.GetRequiredService<DefinitionStore>()));

    private static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<RunScopes>()
        .AddSingleton<JobComponents>()
        .AddSingleton<ResourceInventory>()
        .AddSingleton<ResourceSlots>()
        .AddSingleton<RunPrograms>()
        .AddSingleton<AttemptWatchers>()
        .AddSingleton<JobWarnings>()
        .AddSingleton<JobWorkspaces>()
        .AddSingleton<FileHashes>()
        .AddSingleton<AttemptArtifacts>()
        .AddSingleton<JobReuse>()
        .AddSingleton<JobRecorder>()
        .AddSingleton<IJobHandler, HookJobHandler>()
        .AddSingleton<IJobHandler, TargetsJobHandler>()
        .AddSingleton<IJobHandler, IterationJobHandler>();
}
