using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Runs;
using Serilog;

namespace Sandbox.Cli.CommandLine;

/// <summary>The sandbox of the current home, open for one command.</summary>
internal sealed class CliSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CliSession(ServiceProvider services, SandboxHome home) => (_services, Home) = (services, home);

    public SandboxHome Home { get; }

    public SandboxRuns Runs => _services.GetRequiredService<SandboxRuns>();

    public RunQueries Queries => _services.GetRequiredService<RunQueries>();

    public RunReports Reports => _services.GetRequiredService<RunReports>();

    public RunCleaning Cleaning => _services.GetRequiredService<RunCleaning>();

    public WorkflowFiles Workflows => _services.GetRequiredService<WorkflowFiles>();

    public DefinitionStore Definitions => _services.GetRequiredService<DefinitionStore>();

    /// <summary>Opens the home that the environment names; it is made where it does not exist.</summary>
    public static CliSession Open()
    {
        var home = SandboxHome.FromEnvironment(Environment.CurrentDirectory);
        var log = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
            .WriteTo.File(
                Path.Combine(home.Root, "logs", "sandbox-.log"),
                rollingInterval: RollingInterval.Day,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                shared: true)
            .CreateLogger();
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.AddSerilog(log, dispose: true))
            .AddSandbox(home)
            .BuildServiceProvider();
        return new CliSession(services, home);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
