using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Drops rows that are like an earlier one: a row-wise part, then one in the order of the rows.</summary>
internal interface IDeduplicator : IRowOperator
{
    /// <summary>Begins with a new data set.</summary>
    IDuplicates Begin();
}

/// <summary>What was seen of one data set.</summary>
internal interface IDuplicates
{
    /// <summary>Whether the row is like one that was asked about before.</summary>
    bool IsDuplicate(Row row);
}
