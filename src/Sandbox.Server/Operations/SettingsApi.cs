using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sandbox.Server.Access;
using Sandbox.Server.Hosting;
using Sandbox.Server.Studio;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Operations;

/// <summary>What the server is and how it was told to work.</summary>
internal static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Admin");
        api.MapGet("/settings", Settings).Asks(AccessScopes.Read).WithSummary("The settings that the server was started with, and what it is.");
        api.MapGet("/whoami", (HttpContext http) => Who((Caller)http.Items[typeof(Caller)]!)).Asks(AccessScopes.Read).WithSummary("What the caller may do.");
    }

    private static object Who(Caller caller) => new
    {
        caller.Name,
        Scopes = Enum.GetValues<AccessScopes>().Where(s => s != AccessScopes.None && caller.May(s)).Select(s => s.ToString().ToLowerInvariant()),
    };

    private static object Settings(ServerSettings settings, SandboxHome home, StudioFiles studio, IServer server)
    {
        var database = new FileInfo(home.DatabasePath);
        return new
        {
            Version = typeof(SettingsApi).Assembly.GetName().Version?.ToString(3),
            Runtime = RuntimeInformation.FrameworkDescription,
            System = RuntimeInformation.OSDescription,
            Home = home.Root,
            DatabaseBytes = database.Exists ? database.Length : 0,
            Addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses,
            StartedAt = System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime(),
            HasStudio = studio.IsInstalled,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [nameof(settings.WorkingDirectory)] = settings.WorkingDirectory ?? Environment.CurrentDirectory,
                [nameof(settings.TakesUpRuns)] = Text(settings.TakesUpRuns),
                [nameof(settings.MaxParallelRuns)] = Text(settings.MaxParallelRuns),
                [nameof(settings.RequiresKeys)] = Text(settings.RequiresKeys),
                [nameof(settings.MaxRequestBytes)] = Text(settings.MaxRequestBytes),
                [nameof(settings.RequestsPerSecond)] = Text(settings.RequestsPerSecond),
                [nameof(settings.TracesTo)] = settings.TracesTo,
                [nameof(settings.KeepRuns)] = Text(settings.KeepRuns),
                [nameof(settings.KeepRunsFor)] = Text(settings.KeepRunsFor),
                [nameof(settings.KeepAttemptsFor)] = Text(settings.KeepAttemptsFor),
            },
        };
    }

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
