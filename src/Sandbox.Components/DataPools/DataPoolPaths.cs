using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataPools;

/// <summary>Which data pools a manipulation reads and what the results are called.</summary>
internal static partial class DataPoolPaths
{
    /// <summary>The pools that exist; others are said in the log and left out, as upstream.</summary>
    /// <exception cref="JobFailedException">None exists.</exception>
    public static IReadOnlyList<string> Existing(IReadOnlyList<string> paths, ComponentContext context)
    {
        var existing = paths.Where(p => Path.Exists(context.Files.ResolveRead(p))).ToList();
        if (existing.Count == 0)
        {
            throw new JobFailedException($"none of the data pools exists: {string.Join(", ", paths)}.");
        }

        if (existing.Count < paths.Count)
        {
            LogLeftOut(context.Logger, string.Join(", ", paths.Except(existing, StringComparer.Ordinal)));
        }

        return existing;
    }

    /// <summary>Output paths in a directory, one an input; two inputs of the same name would overwrite each other.</summary>
    /// <exception cref="JobFailedException">Two outputs have the same path.</exception>
    public static IReadOnlyList<string> Outputs(string directory, IReadOnlyList<string> inputs, string suffix)
    {
        var outputs = inputs.Select(i => Path.Combine(directory, $"{Path.GetFileNameWithoutExtension(i)}{suffix}.jsonl")).ToList();
        var twice = outputs.GroupBy(o => o, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? outputs
            : throw new JobFailedException($"two data pools would both become {twice.Key}: rename one of them.");
    }

    [LoggerMessage(3401, LogLevel.Error, "Data pools that do not exist are left out: {Paths}")]
    private static partial void LogLeftOut(ILogger logger, string paths);
}
