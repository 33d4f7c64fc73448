using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Faults;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Operations;
using Sandbox.Workflows.Comparisons;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Promotion;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;
using Serilog;

namespace Sandbox.Cli.CommandLine;

/// <summary>The sandbox of the current home, open for one command.</summary>
internal sealed class CliSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private CliSession(ServiceProvider services, SandboxHome home, ActivityOutput output) =>
        (_services, Home, ActivityOutput) = (services, home, output);

    public SandboxHome Home { get; }

    /// <summary>What activities write.</summary>
    public ActivityOutput ActivityOutput { get; }

    public SandboxRuns Runs => _services.GetRequiredService<SandboxRuns>();

    public ApiKeys Keys => _services.GetRequiredService<ApiKeys>();

    public HomeBackups Backups => _services.GetRequiredService<HomeBackups>();

    public RunQueries Queries => _services.GetRequiredService<RunQueries>();

    public RunReports Reports => _services.GetRequiredService<RunReports>();

    public RunComparisons Comparisons => _services.GetRequiredService<RunComparisons>();

    public RecipePromotion Promotion => _services.GetRequiredService<RecipePromotion>();

    public RunCleaning Cleaning => _services.GetRequiredService<RunCleaning>();

    public SandboxSweeps Sweeps => _services.GetRequiredService<SandboxSweeps>();

    public WarmStarts WarmStarts => _services.GetRequiredService<WarmStarts>();

    public WorkflowFiles Workflows => _services.GetRequiredService<WorkflowFiles>();

    /// <summary>Whether the home that the environment names was ever used.</summary>
    public static bool HasHome => File.Exists(CurrentHome.DatabasePath);

    private static SandboxHome CurrentHome => SandboxHome.FromEnvironment(Environment.CurrentDirectory);

    /// <summary>Opens the home that the environment names; it is made where it does not exist.</summary>
    /// <exception cref="JobFailedException">It cannot be made.</exception>
    public static CliSession Open()
    {
        var home = CurrentHome;
        try
        {
            Directory.CreateDirectory(home.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = File.Exists(home.Root) ? "it is a file" : FileFault.Reason(e);
            throw new JobFailedException(
                $"The home {home.Root} cannot be made: {reason}. Name a directory that can be written with SANDBOX_HOME.", e);
        }

        var output = new ActivityOutput();
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new RuntimeOptions { Output = output, Node = SandboxHome.NodeFromEnvironment() })
            .AddLogging(logging => logging.AddSerilog(CliLog.Open(home), dispose: true))
            .AddSandbox(home)
            .BuildServiceProvider();
        return new CliSession(services, home, output);
    }

    /// <summary>Opens the home for a command that needs something that is in it already.</summary>
    /// <exception cref="FaultException">Nothing was ever run there.</exception>
    public static CliSession OpenExisting() => HasHome
        ? Open()
        : throw new FaultException(
            $"Nothing has run in the home {CurrentHome.Root} yet. Change to the directory where the run was started, or name its home with SANDBOX_HOME.");

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
