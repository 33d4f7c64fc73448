using System.Text.Json.Nodes;

namespace Sandbox.Data.Operators;

/// <summary>What is known of an operator without running it.</summary>
public sealed record OperatorDescriptor
{
    /// <summary>Name in a recipe, as in <c>text_length_filter</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does to a data set.</summary>
    public required OperatorKind Kind { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The options type, with <c>[Option]</c> attributes.</summary>
    public required Type OptionsType { get; init; }

    /// <summary>The statistics it writes, where they do not depend on its options.</summary>
    public IReadOnlyList<string> Statistics { get; init; } = [];

    /// <summary>Whether it puts tags into <c>__dj__meta__</c>.</summary>
    internal bool Tags { get; init; }

    /// <summary>Whether it takes rows whose text is a list.</summary>
    internal bool ReadsLists { get; init; }

    /// <summary>Makes the operator from its options and the field that holds the text.</summary>
    internal Func<object, string, IOperator>? Create { get; init; }
}

/// <summary>An operator of a recipe, ready to run. Row-wise ones are called by several threads at a time.</summary>
internal interface IOperator
{
}

/// <summary>What became of a row.</summary>
internal enum RowOutcome
{
    Kept,
    Changed,
    Dropped,
}

/// <summary>An operator that looks at one row at a time.</summary>
internal interface IRowOperator : IOperator
{
    /// <summary>Works on a row. An exception of type <see cref="OperatorException"/> means that it cannot.</summary>
    RowOutcome Run(Rows.Row row);
}

/// <summary>An operator that makes any number of rows out of one, <see cref="Rows.Row.Copy"/> among its means. None drops
/// the row; the row itself, unchanged, keeps it.</summary>
internal interface IRowSplitter : IOperator
{
    /// <summary>The rows in order. An exception of type <see cref="OperatorException"/> means that it cannot.</summary>
    IReadOnlyList<Rows.Row> Split(Rows.Row row);
}

/// <summary>An operator cannot work on a row.</summary>
internal sealed class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
