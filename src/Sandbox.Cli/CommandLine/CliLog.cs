using System.Globalization;
using Sandbox.Workflows.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Sandbox.Cli.CommandLine;

/// <summary>The program's own log, a file a day in the home. Jobs have logs of their own.</summary>
internal static class CliLog
{
    public static string DirectoryOf(SandboxHome home) => Path.Combine(home.Root, "logs");

    public static Logger Open(SandboxHome home) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .WriteTo.File(
            Path.Combine(DirectoryOf(home), "sandbox-.log"),
            rollingInterval: RollingInterval.Day,
            formatProvider: CultureInfo.InvariantCulture,
            shared: true)
        .CreateLogger();
}
