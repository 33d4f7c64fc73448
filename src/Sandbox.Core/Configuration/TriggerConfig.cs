using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration;

/// <summary>An entry of <c>triggers</c>: what starts a run on a server.</summary>
/// <param name="Kind">One of <see cref="TriggerKinds"/>.</param>
/// <param name="Settings">What the entry says, by key.</param>
public sealed record TriggerConfig(string Kind, JsonObject Settings)
{
    /// <summary>Where it stands.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>The kinds of triggers and their keys.</summary>
public static class TriggerKinds
{
    /// <summary>A request.</summary>
    public const string Http = "http";

    /// <summary>Times that a cron expression names.</summary>
    public const string Cron = "cron";

    /// <summary>A time that comes again and again.</summary>
    public const string Timer = "timer";

    /// <summary>The keys of each kind; the first one must be there.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Http] = ["path", "methods", "mode", "authorize"],
        [Cron] = ["expression", "timezone", "missed"],
        [Timer] = ["interval", "missed"],
    };

    /// <summary>The words that a key takes; null where it takes others.</summary>
    public static IReadOnlyList<string>? Words(string key) => key switch
    {
        "mode" => ["async", "sync"],
        "missed" => ["skip", "once", "all"],
        _ => null,
    };
}
