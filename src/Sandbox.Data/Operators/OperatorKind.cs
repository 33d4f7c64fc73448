namespace Sandbox.Data.Operators;

/// <summary>What an operator does to a data set.</summary>
public enum OperatorKind
{
    /// <summary>Measures a row and keeps or drops it.</summary>
    Filter,

    /// <summary>Changes a row.</summary>
    Mapper,

    /// <summary>Drops rows that are like an earlier one.</summary>
    Deduplicator,

    /// <summary>Chooses rows after looking at all of them.</summary>
    Selector,

    /// <summary>Puts rows together.</summary>
    Grouper,
}
