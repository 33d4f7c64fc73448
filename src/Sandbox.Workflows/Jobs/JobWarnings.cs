using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Sandbox.Workflows.Jobs;

/// <summary>Lets whoever shows a run hear the warnings that its jobs log.</summary>
internal sealed class JobWarnings
{
    private readonly ConcurrentDictionary<string, Action<string, string>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Lets a listener hear job and text of each warning of a run, until it is disposed.</summary>
    public IDisposable Listen(string runId, Action<string, string> listener)
    {
        _listeners[runId] = listener;
        return new Listening(() => _listeners.TryRemove(runId, out _));
    }

    /// <summary>A sink for the log of one job.</summary>
    public ILogEventSink SinkFor(string runId, string jobId) => new Sink(text =>
    {
        if (_listeners.TryGetValue(runId, out var listener))
        {
            listener(jobId, text);
        }
    });

    private sealed class Sink(Action<string> tell) : ILogEventSink
    {
        private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

        public void Emit(LogEvent logEvent)
        {
            if (logEvent.Level >= LogEventLevel.Warning && !IsEndOfAttempt(logEvent))
            {
                using var text = new StringWriter(CultureInfo.InvariantCulture);
                Message.Format(logEvent, text);
                tell(text.ToString());
            }
        }
    }

    // Who shows a run says by itself how a job ended.
    private static bool IsEndOfAttempt(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(p => p is { Name: "Id", Value: ScalarValue { Value: AttemptLog.FailedId or AttemptLog.BrokeId or AttemptLog.StoppedId } });

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
