using Sandbox.Core.Faults;
using Sandbox.Core.Logs.Formats;

namespace Sandbox.Core.Logs;

/// <summary>The formats that are built in, by name.</summary>
public static class LogFormats
{
    /// <summary>The name that stands for recognising the format line by line.</summary>
    public const string Auto = "auto";

    private static readonly (string[] Names, Func<LogReader> Make)[] Known =
    [
        ([Auto], Recognising),
        (["modelscope"], () => new ModelScopeReader()),
        (["huggingface", "hf", "hf-trainer", "transformers", "internvl"], HuggingFace),
        (["trinity-rft", "trinity"], () => new TrinityReader()),
        (["accelerate", "tqdm", "easyanimate"], () => new AllOf(new TqdmReader(), new DictReader())),
        (["lightning", "pytorch-lightning", "pl"], () => new LightningReader()),
        (["fasttext"], () => new FastTextReader()),
        (["json"], () => new JsonReader(needsCount: false)),
        (["sandbox"], () => new SandboxReader()),
        (["plain", "torchrun"], () => new PlainReader()),
    ];

    /// <summary>All names, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.SelectMany(k => k.Names)];

    /// <summary>Whether there is a format of that name.</summary>
    public static bool IsKnown(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>A reader of a format.</summary>
    /// <exception cref="FaultException">There is none of that name.</exception>
    internal static LogReader Reader(string name)
    {
        var found = Array.Find(Known, k => k.Names.Contains(name, StringComparer.Ordinal));
        return found.Make is null
            ? throw new FaultException($"There is no log format \"{name}\".{Suggestion.For(name, Names)} There are: {string.Join(", ", Names)}.")
            : found.Make();
    }

    private static AllOf HuggingFace() => new(new DictReader(), new SummaryBlockReader());

    // The particular before the general: a bar of Lightning is also one of tqdm.
    private static FirstOf Recognising() => new(
        new FastTextReader(),
        new ModelScopeReader(),
        new TrinityReader(),
        new LightningReader(),
        new AllOf(new TqdmReader(), new DictReader(), new SummaryBlockReader()),
        new JsonReader(needsCount: true),
        new PlainReader());
}
