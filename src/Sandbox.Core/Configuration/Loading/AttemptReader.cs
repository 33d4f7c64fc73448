using Sandbox.Core.Components;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads how often and how long a job may be tried and what it needs: <c>retry</c>, <c>timeout</c>,
/// <c>resources</c> and <c>limits</c>.</summary>
internal sealed class AttemptReader(Findings findings)
{
    private static readonly string[] RetryKeys = ["max_attempts", "backoff"];
    private static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(10);
    private readonly ValueReader _values = new(findings);

    public RetryOptions? Retry(ConfigEntry? section)
    {
        if (section?.Value is ConfigScalar { IsNull: false })
        {
            findings.Error(section.Value.Location, "\"retry\" must be a mapping: write retry: {max_attempts: 3, backoff: 10s}.");
            return null;
        }

        var attempts = 1;
        var backoff = DefaultBackoff;
        var entries = _values.Entries(section);
        foreach (var entry in entries)
        {
            switch (entry.Key)
            {
                case "max_attempts":
                    attempts = _values.Whole(entry, 1) ?? attempts;
                    break;
                case "backoff":
                    backoff = _values.Duration(entry) ?? backoff;
                    break;
                default:
                    findings.Error(entry.KeyLocation, $"retry has no key \"{entry.Key}\": it has max_attempts and backoff.{Suggestion.For(entry.Key, RetryKeys)}");
                    break;
            }
        }

        return entries.Count == 0 ? null : new RetryOptions(attempts, backoff);
    }

    public IReadOnlyDictionary<string, int> Resources(ConfigEntry? section)
    {
        var resources = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in _values.Entries(section))
        {
            resources[entry.Key] = _values.Whole(entry, 0) ?? 0;
        }

        return resources;
    }

    public IReadOnlyDictionary<string, string> Limits(ConfigEntry? section)
    {
        var limits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _values.Entries(section))
        {
            var text = _values.Text(entry) ?? string.Empty;
            if (JobLimits.Check(entry.Key, text) is { } problem)
            {
                findings.Error(entry.KeyLocation, $"limits: {problem}");
            }

            limits[entry.Key] = text;
        }

        return limits;
    }

    public TimeSpan? Timeout(ConfigEntry? entry)
    {
        var timeout = entry is null ? null : _values.Duration(entry);
        if (timeout == TimeSpan.Zero)
        {
            findings.Error(entry!.Value.Location, "\"timeout\" must be longer than nothing; leave it out for no limit.");
            return null;
        }

        return timeout;
    }
}
