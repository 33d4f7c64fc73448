using System.Text.Json.Nodes;
using Sandbox.Tracking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Comparisons;

/// <summary>The settings with which the jobs of a run were started, flat: address to value as JSON. Operators of a recipe are
/// told apart by name, so that one more in front does not make all others differ.</summary>
internal static class JobSettings
{
    private const string Process = "process";

    public static IReadOnlyDictionary<string, string> Of(RunView run, IReadOnlyList<WatchedConfigs> configs)
    {
        var jobs = run.Jobs.Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var job in configs.Where(c => c.JobId is null || jobs.Contains(c.JobId)).GroupBy(c => c.Prefix, StringComparer.Ordinal))
        {
            Add(settings, job.Key, job.Last().Configs);
        }

        return settings;
    }

    private static void Add(Dictionary<string, string> settings, string address, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (key, item) in map)
                {
                    if (key == Process && item is JsonArray operators)
                    {
                        AddOperators(settings, $"{address}.{key}", operators);
                    }
                    else
                    {
                        Add(settings, $"{address}.{key}", item);
                    }
                }

                break;
            case null:
                break;
            default:
                settings[address] = value.ToJsonString();
                break;
        }
    }

    private static void AddOperators(Dictionary<string, string> settings, string address, JsonArray operators)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var item in operators)
        {
            var (name, arguments) = item is JsonObject { Count: 1 } one ? (one.First().Key, one.First().Value) : (item?.ToString() ?? string.Empty, null);
            var number = seen[name] = seen.GetValueOrDefault(name) + 1;
            names.Add(name);
            Add(settings, number == 1 ? $"{address}.{name}" : FormattableString.Invariant($"{address}.{name}#{number}"), arguments);
        }

        settings[address] = string.Join(" → ", names);
    }
}
