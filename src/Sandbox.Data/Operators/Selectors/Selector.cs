using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Chooses among all rows by a key of each; only the keys are held in memory.</summary>
internal interface ISelector : IOperator
{
    /// <summary>Begins with a new data set.</summary>
    /// <param name="newScratchFile">Names a new scratch file, for what does not fit into memory.</param>
    ISelection Begin(Func<string> newScratchFile);
}

/// <summary>The choice among the rows of one data set.</summary>
internal interface ISelection
{
    /// <summary>Takes note of the next row.</summary>
    void Add(Row row);

    /// <summary>Indices of the rows chosen, from 0, in the order in which they go on; null takes all as they came.</summary>
    IReadOnlyList<int>? Choose();
}

/// <summary>A choice that leaves out rows since each is like another one.</summary>
internal interface IDuplicateSelection : ISelection
{
    /// <summary>The first rows that were left out, one for each row that they are like; asked after the choice.</summary>
    /// <param name="most">How many.</param>
    IReadOnlyList<(int Kept, int LeftOut)> Pairs(int most);
}
