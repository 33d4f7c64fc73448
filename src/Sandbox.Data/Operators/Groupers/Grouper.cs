using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Groupers;

/// <summary>Makes one row of lists out of several rows; only what tells the groups apart is held in memory, and the rows of
/// one group at a time.</summary>
internal interface IGrouper : IOperator
{
    /// <summary>Begins with a new data set.</summary>
    IGrouping Begin();
}

/// <summary>The groups of one data set.</summary>
internal interface IGrouping
{
    /// <summary>Takes note of the next row.</summary>
    void Add(Row row);

    /// <summary>Indices of the rows of each group, from 0, in the order in which groups first appeared.</summary>
    IReadOnlyList<IReadOnlyList<int>> Groups();
}
