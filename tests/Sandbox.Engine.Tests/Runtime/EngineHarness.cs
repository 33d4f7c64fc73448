using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Hosting;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Tests.Runtime;

/// <summary>An engine on a database file of its own, or on another harness's file as a second process would be.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public const string Kind = "test";
    private readonly ServiceProvider _provider;
    private readonly string _directory;
    private readonly bool _ownsDirectory;

    public EngineHarness(
        EngineHarness? sharing = null, TimeProvider? time = null, RuntimeOptions? options = null, string? directory = null)
    {
        _directory = directory ?? sharing?._directory ?? Directory.CreateTempSubdirectory("engine").FullName;
        _ownsDirectory = sharing is null && directory is null;
        Handler = sharing?.Handler ?? new ScriptedHandler();
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IJobHandler>(Handler);
        services.AddSingleton(new ActivityRegistration(
            new ActivityDescriptor
            {
                TypeName = "Test.Job",
                Inputs =
                [
                    new InputDescriptor("Text"), new InputDescriptor("MaxAttempts"), new InputDescriptor("Backoff"),
                    new InputDescriptor("Timeout"),
                ],
                Outputs = [new OutputDescriptor("Result")],
            },
            () => new JobActivity(new JobActivityOptions { HandlerKind = Kind })));
        services.AddSandboxEngine(
            new EngineStoreOptions { DatabasePath = DatabasePath },
            (options ?? new RuntimeOptions()) with { Output = Output });
        _provider = services.BuildServiceProvider();
    }

    /// <summary>An engine in a directory that somebody else owns.</summary>
    public static EngineHarness At(string directory) => new(directory: directory);

    public string DatabasePath => Path.Combine(_directory, "sandbox.db");

    public StringWriter Output { get; } = new(CultureInfo.InvariantCulture);

    public string[] Lines => Output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public ScriptedHandler Handler { get; }

    public ActivityRegistry Registry => _provider.GetRequiredService<ActivityRegistry>();

    public WorkflowRuntime Runtime => _provider.GetRequiredService<WorkflowRuntime>();

    public InstanceQueries Queries => _provider.GetRequiredService<InstanceQueries>();

    public CommitProbe Probe => _provider.GetRequiredService<RuntimeServices>().Probe;

    public RuntimeServices Services => _provider.GetRequiredService<RuntimeServices>();

    public async Task<string> CreateAsync(WorkflowDefinition definition, JsonObject? inputs = null, string? instanceId = null)
    {
        await StoreAsync(definition);
        return await Runtime.CreateAsync(
            new CreateInstance(definition.Id) { Inputs = inputs ?? [], InstanceId = instanceId }, CancellationToken.None);
    }

    public async Task StoreAsync(WorkflowDefinition definition)
    {
        var row = new DefinitionRow
        {
            Id = definition.Id, DefinitionId = definition.DefinitionId, ContentHash = "-", Data = "-", StringData = "-", IsLatest = true,
        };
        DefinitionRows.Fill(row, definition, "-");
        await _provider.GetRequiredService<EngineDatabase>().WriteAsync(
            async (context, _) =>
            {
                context.Add(row);
                return await context.SaveChangesAsync();
            },
            CancellationToken.None);
    }

    public Task<RunOutcome> RunAsync(string instanceId, CancellationToken cancellationToken = default, IRuntimeObserver? observer = null) =>
        Runtime.RunAsync(instanceId, observer ?? NoObserver.Instance, cancellationToken);

    public async Task<RunOutcome> RunAsync(ActivityNode root, params Variable[] variables) =>
        await RunAsync(await CreateAsync(Define.Workflow(root, variables)));

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        if (_ownsDirectory)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_directory, recursive: true);
        }
    }
}

/// <summary>Runs test jobs: notes each attempt that ran to its end, and does what the test says for a text.</summary>
internal sealed class ScriptedHandler : IJobHandler
{
    private readonly ConcurrentDictionary<string, Func<JobExecution, CancellationToken, Task<JobResult>>> _scripts = new();

    public string Kind => EngineHarness.Kind;

    /// <summary>Texts of the jobs whose handler returned, in order.</summary>
    public ConcurrentQueue<string> Ran { get; } = new();

    public void On(string text, Func<JobExecution, CancellationToken, Task<JobResult>> script) => _scripts[text] = script;

    public void Fail(string text, params Exception[] failures)
    {
        var queue = new ConcurrentQueue<Exception>(failures);
        On(text, (job, _) => queue.TryDequeue(out var failure) ? throw failure : Task.FromResult(Result(Text(job))));
    }

    public async Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken)
    {
        var text = Text(job);
        var result = _scripts.TryGetValue(text, out var script) ? await script(job, cancellationToken) : Result(text);
        Ran.Enqueue(text);
        return result;
    }

    public static JobResult Result(string text) => new(new JsonObject { ["Result"] = text.ToUpperInvariant() }, [], []);

    private static string Text(JobExecution job) => job.Inputs["text"]?.GetValue<string>() ?? string.Empty;
}
