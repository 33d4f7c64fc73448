using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution.Resuming;

/// <summary>What a run had counted at a checkpoint; operators by slot.</summary>
internal sealed record TallyState(
    long RowsIn,
    long RowsWithoutText,
    long BadCount,
    long BytesRead,
    bool HasTextField,
    IReadOnlyList<BadRow> Bad,
    IReadOnlyList<OperatorTally> Operators,
    IReadOnlyList<IReadOnlyList<string>> Errors);
