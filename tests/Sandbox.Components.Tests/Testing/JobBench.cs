using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Tracking;

namespace Sandbox.Components.Tests.Testing;

/// <summary>A directory of its own with everything that a hook needs to run there.</summary>
internal sealed class JobBench : IDisposable
{
    public JobBench()
    {
        Root = Directory.CreateTempSubdirectory("sandbox-components-").FullName;
        Files = new DirectFiles(Root, Path.Combine(Root, "scratch"));
        Watcher = new MemoryWatcher(TimeProvider.System);
    }

    public string Root { get; }

    public DirectFiles Files { get; }

    public MemoryWatcher Watcher { get; }

    /// <summary>What the job wrote into its log.</summary>
    public MemoryLog Log { get; } = new();

    public Dictionary<string, JsonNode?> Infos { get; } = new(StringComparer.Ordinal);

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return "./" + name;
    }

    public Task<HookResult> RunAsync(string hook, string metaName, JsonObject? dj, JsonObject? extra, int iteration = 1, IJobSteps? steps = null) =>
        BuiltIn.Hooks(BuiltIn.Components()).Find(hook)!.RunAsync(Context(metaName, dj, extra, iteration, steps), CancellationToken.None);

    public async Task<string> FailureOfAsync(string hook, JsonObject? dj, JsonObject? extra) =>
        (await Should.ThrowAsync<JobFailedException>(() => RunAsync(hook, "job", dj, extra))).Message;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>What a component is given.</summary>
    public ComponentContext ComponentContext(IJobSteps steps, JobIdentity? job = null) => new()
    {
        Job = job ?? new JobIdentity("run", "anonymous", Stage.Execute, 0, "job", Iteration: 1, Attempt: 1),
        Files = Files,
        Watcher = Watcher,
        Progress = new Progress<JobProgress>(),
        Steps = steps,
        Logger = Log,
        Time = TimeProvider.System,
        Infos = Infos,
    };

    private HookContext Context(string metaName, JsonObject? dj, JsonObject? extra, int iteration, IJobSteps? steps)
    {
        var job = new JobIdentity("run", "anonymous", Stage.Execute, 0, metaName, iteration, Attempt: 1);
        return new HookContext
        {
            Job = job,
            DjConfigs = dj,
            ExtraConfigs = extra,
            Component = ComponentContext(steps ?? new DirectSteps(), job),
        };
    }
}

/// <summary>A log kept in memory: <c>Level: message</c>.</summary>
internal sealed class MemoryLog : ILogger
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyCollection<string> Entries => _entries;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
