using Sandbox.Workflows.Runs;
using Serilog;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace Sandbox.Workflows.Jobs;

/// <summary>The log of a job: one file for all its attempts, which each line goes to as it is written.</summary>
internal sealed class JobLog : IDisposable
{
    private readonly SerilogLoggerProvider _provider;
    private readonly JobLogFile _file;

    private JobLog(JobLogFile file, Logger logger, string category)
    {
        _file = file;
        _provider = new SerilogLoggerProvider(logger, dispose: true);
        Logger = _provider.CreateLogger(category);
    }

    /// <summary>The logger.</summary>
    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    /// <summary>Opens a job's log. The file comes with the first line.</summary>
    public static JobLog Open(SandboxHome home, string runId, string jobId, string category, ILogEventSink warnings)
    {
        var file = new JobLogFile(home.JobLog(runId, jobId));
        var logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(file).WriteTo.Sink(warnings).CreateLogger();
        return new JobLog(file, logger, category);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _file.Dispose();
    }
}
