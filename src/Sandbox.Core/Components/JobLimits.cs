using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Components;

/// <summary>What a job, with the programs that it starts, may not exceed. Null means no limit.</summary>
/// <param name="Timeout">Longest time of an attempt (the job's <c>timeout</c>).</param>
/// <param name="Silence">Longest time without output of its program (<c>limits.silence</c>).</param>
/// <param name="MemoryBytes">Most memory of its program with all that it starts, in bytes (<c>limits.memory</c>).</param>
public sealed record JobLimits(TimeSpan? Timeout = null, TimeSpan? Silence = null, long? MemoryBytes = null)
{
    private const string SilenceKey = "silence";
    private const string MemoryKey = "memory";

    /// <summary>Says what is wrong with an entry of <c>limits</c>, or null.</summary>
    public static string? Check(string key, string value) => key switch
    {
        SilenceKey => Durations.Parse(value, out _),
        MemoryKey => ByteSizes.Parse(value, out _),
        _ => $"there is no limit \"{key}\": there are silence and memory; the longest time is the job's timeout.{Suggestion.For(key, [SilenceKey, MemoryKey])}",
    };

    /// <summary>Reads checked entries.</summary>
    public static JobLimits Of(TimeSpan? timeout, IEnumerable<KeyValuePair<string, string>> limits)
    {
        var all = new JobLimits(timeout);
        foreach (var (key, value) in limits)
        {
            all = key switch
            {
                SilenceKey when Durations.Parse(value, out var span) is null => all with { Silence = span },
                MemoryKey when ByteSizes.Parse(value, out var bytes) is null => all with { MemoryBytes = bytes },
                _ => all,
            };
        }

        return all;
    }
}
