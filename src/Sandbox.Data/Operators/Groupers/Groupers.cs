using Sandbox.Core.Components.Options;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Groupers;

/// <summary>Groupers, by name.</summary>
internal static class Groupers
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        Grouper<NaiveGrouperOptions>("naive_grouper", "Makes one row of lists out of all rows.", (_, _) => new KeyGrouper([])),
        Grouper<KeyValueGrouperOptions>("key_value_grouper", "Makes one row of lists out of all rows with the same values.",
            (options, textKey) => new KeyGrouper(options.Keys is { Count: > 0 } keys ? keys : [textKey])),
        Grouper<NaiveReverseGrouperOptions>("naive_reverse_grouper", "Makes rows out of each row of lists.",
            (options, _) => new ReverseGrouper(options.MetaPath)) with { ReadsLists = true },
    ];

    private static OperatorDescriptor Grouper<T>(string name, string summary, Func<T, string, IOperator> create) => new()
    {
        Name = name,
        Kind = OperatorKind.Grouper,
        Summary = summary,
        OptionsType = typeof(T),
        Create = (options, textKey) => create((T)options, textKey),
    };
}

/// <summary>Options of <c>naive_grouper</c>: none of its own.</summary>
public sealed class NaiveGrouperOptions : OperatorOptions;

/// <summary>Options of <c>key_value_grouper</c>.</summary>
public sealed class KeyValueGrouperOptions : OperatorOptions
{
    /// <summary>Dotted keys whose values tell the groups apart; the text where none are given.</summary>
    [Option("group_by_keys")]
    public IReadOnlyList<string>? Keys { get; init; }
}

/// <summary>Options of <c>naive_reverse_grouper</c>.</summary>
public sealed class NaiveReverseGrouperOptions : OperatorOptions
{
    /// <summary>Where the rows' <c>__dj__batch_meta__</c> goes, a line each; null drops it.</summary>
    [Option("batch_meta_export_path", Path = PathAccess.Write)]
    public string? MetaPath { get; init; }
}
