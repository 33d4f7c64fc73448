using System.Collections.Concurrent;
using Sandbox.Core.Hooks;

namespace Sandbox.Workflows.Tests.Runs;

/// <summary>A hook that does what a test says for a job's meta name, and counts.</summary>
internal sealed class ScriptedHook : IHook
{
    private readonly ConcurrentDictionary<string, Func<HookContext, CancellationToken, Task<HookResult>>> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _calls = new();

    public HookDescriptor Descriptor { get; } = new(
        "ScriptedHook", [Stage.Probe, Stage.Execute], Factory: null, "Does what a test says.", UsesDjConfigs: false, UsesExtraConfigs: false, DefaultResults: 3);

    /// <summary>Meta names in the order in which attempts started.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public void Script(string metaName, Func<HookContext, CancellationToken, Task<HookResult>> script) => _scripts[metaName] = script;

    public void Script(string metaName, Func<HookContext, HookResult> script) =>
        Script(metaName, (context, _) => Task.FromResult(script(context)));

    public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken)
    {
        _calls.Enqueue(context.Job.WatchName);
        return _scripts.TryGetValue(context.Job.WatchName, out var script)
            ? script(context, cancellationToken)
            : Task.FromResult(HookResult.One(context.Job.WatchName));
    }
}
