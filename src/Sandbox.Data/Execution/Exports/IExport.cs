namespace Sandbox.Data.Execution.Exports;

/// <summary>Where the rows of a run go. Nothing appears before <see cref="CommitAsync"/>.</summary>
internal interface IExport : IAsyncDisposable
{
    /// <summary>Adds rows: whole lines of JSON, each with its end.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);

    /// <summary>Puts everything in its place.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}
