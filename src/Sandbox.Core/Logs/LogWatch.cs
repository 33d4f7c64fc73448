using Sandbox.Core.Logs.Formats;

namespace Sandbox.Core.Logs;

/// <summary>What is watched in the output of a program: the rules of a job's <c>watch:</c>, or the formats that are
/// built in where it has none.</summary>
/// <param name="rules">Checked rules; empty means that the format is recognised.</param>
public sealed class LogWatch(IReadOnlyList<WatchRule> rules)
{
    /// <summary>Watches nothing.</summary>
    public static LogWatch Nothing { get; } = new([]) { Recognises = false };

    private static readonly WatchRule Recognise = new() { Format = LogFormats.Auto };

    /// <summary>A watcher for a stream, from its start or from where an earlier watcher stopped.</summary>
    /// <exception cref="Faults.FaultException">A rule names an unknown format.</exception>
    public LogWatcher Open(string stream, LogPosition position = default)
    {
        var chosen = rules.Count > 0 || !Recognises ? rules : [Recognise];
        var formats = chosen.Where(r => r.Stream is null || r.Stream == stream)
            .Select(r => new WatchedFormat(ReaderOf(r), r.FailOnNan));
        return new LogWatcher(stream, [.. formats], position);
    }

    private bool Recognises { get; init; } = true;

    private static LogReader ReaderOf(WatchRule rule) =>
        rule.Pattern is not null ? new PatternReader(WatchPattern.Compile(rule.Pattern)) : LogFormats.Reader(rule.Format!);
}
