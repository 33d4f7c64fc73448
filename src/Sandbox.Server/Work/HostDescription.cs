using System.Text.Json.Nodes;
using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;

namespace Sandbox.Server.Work;

/// <summary>What is recorded of host and program with each run. It is asked once, when the server starts: it takes seconds, and
/// whoever starts the first runs should not wait for it.</summary>
internal sealed class HostDescription(ServerSettings settings, ILogger<HostDescription> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private Task<JsonObject>? _description;

    public async Task<JsonObject> DescribeAsync(CancellationToken cancellationToken)
    {
        Task<JsonObject> asking;
        lock (_lock)
        {
            if (_description is null or { IsFaulted: true })
            {
                _description = AskAsync(settings.Directory);
            }

            asking = _description;
        }

        return (await asking.WaitAsync(cancellationToken)).DeepClone().AsObject();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A start does not wait for what only runs will need.
        await Task.Yield();
        try
        {
            await DescribeAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The first run asks again.
            ServerLog.LoopBroke(logger, e, "The description of the host");
        }
    }

    private static async Task<JsonObject> AskAsync(string directory)
    {
        var host = await new HostProbe(new ShortCommandRunner()).DescribeAsync(directory, CancellationToken.None);
        var json = host.ToJson();
        json["sandbox"] = typeof(HostDescription).Assembly.GetName().Version?.ToString(3);
        return json;
    }
}
