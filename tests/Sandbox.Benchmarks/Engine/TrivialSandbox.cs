using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Core.Hooks;
using Sandbox.Workflows;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Benchmarks.Engine;

/// <summary>A real sandbox, YAML to context infos, whose hook only gives a number.</summary>
internal sealed class TrivialSandbox : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RunRequest _request;
    private readonly CheckedConfig _check;

    private TrivialSandbox(ServiceProvider services, RunRequest request, CheckedConfig check) =>
        (_services, _request, _check) = (services, request, check);

    public static TrivialSandbox Create(string directory, int jobs)
    {
        // Registered last, it takes the place of the built-in hooks.
        var services = new ServiceCollection()
            .AddSandbox(new SandboxHome(Path.Combine(directory, "home")))
            .AddSingleton(new HookRegistry([new TrivialHook()]))
            .BuildServiceProvider();
        File.WriteAllText(Path.Combine(directory, "trivial.yaml"), Config(jobs));
        var request = new RunRequest("trivial.yaml", [], directory);
        var check = services.GetRequiredService<ConfigCheck>().Check(request);
        return check.IsValid
            ? new TrivialSandbox(services, request, check)
            : throw new InvalidOperationException(string.Join(Environment.NewLine, check.Faults));
    }

    /// <summary>Runs it to its end.</summary>
    public async Task RunAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        var runs = _services.GetRequiredService<SandboxRuns>();
        var started = await runs.StartAsync(_request, _check, [], cancellationToken);
        var end = await runs.WorkAsync(started.RunId, observer, cancellationToken);
        if (end.State != RunStates.Finished)
        {
            throw new InvalidOperationException($"The run ended as {end.State}: {end.Failure}");
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string Config(int jobs)
    {
        var yaml = new StringBuilder("project_name: trivial\nexperiment_name: trivial\nwork_dir: ./outputs\nprobe_job_configs:\n");
        for (var i = 0; i < jobs; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - hook: {TrivialHook.Name}\n    meta_name: job_{i}\n    output: value\n    dj_configs:\n    extra_configs:\n");
        }

        return yaml.ToString();
    }

    // Under the name of a hook that the workflow knows as an activity.
    private sealed class TrivialHook : IHook
    {
        public const string Name = "GeneralProbeHook";

        public HookDescriptor Descriptor { get; } = new(Name, [Stage.Probe], null, "Gives a number.", UsesDjConfigs: false, UsesExtraConfigs: false);

        public Task<HookResult> RunAsync(HookContext context, CancellationToken cancellationToken) =>
            Task.FromResult(HookResult.One(JsonValue.Create(1)));
    }
}
