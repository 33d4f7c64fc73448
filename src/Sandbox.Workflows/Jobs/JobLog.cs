using Microsoft.Extensions.Logging;
using Sandbox.Workflows.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace Sandbox.Workflows.Jobs;

/// <summary>The log of a job: one file, all attempts, appended to and flushed line by line so that it can be followed.</summary>
internal sealed class JobLog : IDisposable
{
    private readonly SerilogLoggerFactory _factory;

    private JobLog(SerilogLoggerFactory factory, string category)
    {
        _factory = factory;
        Logger = factory.CreateLogger(category);
    }

    /// <summary>The logger.</summary>
    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    /// <summary>Opens a job's log.</summary>
    public static JobLog Open(SandboxHome home, string runId, string jobId, string category, ILogEventSink warnings)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Debug()
            .WriteTo.File(
                home.JobLog(runId, jobId),
                outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                fileSizeLimitBytes: null,
                shared: true)
            .WriteTo.Sink(warnings)
            .CreateLogger();
        return new JobLog(new SerilogLoggerFactory(logger, dispose: true), category);
    }

    public void Dispose() => _factory.Dispose();
}
