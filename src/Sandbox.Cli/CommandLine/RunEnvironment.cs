using System.Text.Json.Nodes;
using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Cli.CommandLine;

/// <summary>What is recorded of host and program with a run.</summary>
internal static class RunEnvironment
{
    /// <summary>The version of this program.</summary>
    public static string Version => typeof(RunEnvironment).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static async Task<JsonObject> DescribeAsync(string directory, CancellationToken cancellationToken)
    {
        var host = await new HostProbe(new ShortCommandRunner()).DescribeAsync(directory, cancellationToken);
        var json = host.ToJson();
        json["sandbox"] = Version;
        return json;
    }
}
