using Microsoft.AspNetCore.Connections;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Hosting;

/// <summary>Starts the server and says in words why it cannot.</summary>
internal static class ServerProgram
{
    private const int BadUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = ServerHost.Build(args, SandboxHome.FromEnvironment(Environment.CurrentDirectory));
            await app.RunAsync();
            return 0;
        }
        catch (SettingsException e)
        {
            return await TellAsync(e.Message, BadUsage);
        }
        catch (FaultException e)
        {
            return await TellAsync(e.Message, BadUsage);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or null)
        {
            return await TellAsync($"The server cannot start: {e.Message}", 1);
        }
    }

    private static async Task<int> TellAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
