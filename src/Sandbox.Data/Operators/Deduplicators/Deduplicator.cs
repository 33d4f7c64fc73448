using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Drops rows with the key of an earlier one. The row-wise part makes the key, the question is asked in the order of
/// the rows. Where likeness is no matter of one key, an operator is row-wise and a
/// <see cref="Selectors.ISelector"/>.</summary>
internal interface IDeduplicator : IRowOperator
{
    /// <summary>The key of a row that the row-wise part has seen; null for a row that is like none.</summary>
    UInt128? KeyOf(Row row);
}
