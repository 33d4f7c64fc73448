using Sandbox.Core.Logs;

namespace Sandbox.Components.Programs.FastText;

/// <summary>What is watched in the output of fastText.</summary>
internal static class FastTextWatch
{
    public static LogWatch New() => new([new WatchRule { Format = "fasttext" }]);
}
