using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
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
        Logger = NullLogger.Instance,
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
