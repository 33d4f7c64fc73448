using System.Text.Json.Nodes;
using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Server.Work;

/// <summary>What is recorded of host and program with each run; asked once.</summary>
internal sealed class HostDescription
{
    private readonly Lock _lock = new();
    private Task<JsonObject>? _description;

    public async Task<JsonObject> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        Task<JsonObject> asking;
        lock (_lock)
        {
            if (_description is null or { IsFaulted: true })
            {
                _description = AskAsync(directory);
            }

            asking = _description;
        }

        return (await asking.WaitAsync(cancellationToken)).DeepClone().AsObject();
    }

    private static async Task<JsonObject> AskAsync(string directory)
    {
        var host = await new HostProbe(new ShortCommandRunner()).DescribeAsync(directory, CancellationToken.None);
        var json = host.ToJson();
        json["sandbox"] = typeof(HostDescription).Assembly.GetName().Version?.ToString(3);
        return json;
    }
}
