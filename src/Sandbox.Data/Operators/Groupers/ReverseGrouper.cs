namespace Sandbox.Data.Operators.Groupers;

/// <summary>Makes rows out of each row of lists, in order, and puts what describes the list aside.</summary>
/// <param name="metaPath">Where that goes, as written; null drops it.</param>
internal sealed class ReverseGrouper(string? metaPath) : IOperator
{
    /// <summary>Where the rows' <c>__dj__batch_meta__</c> goes, as written; null drops it.</summary>
    public string? MetaPath => metaPath;
}
