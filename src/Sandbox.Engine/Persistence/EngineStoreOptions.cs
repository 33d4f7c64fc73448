namespace Sandbox.Engine.Persistence;

/// <summary>Where the engine keeps its state.</summary>
public sealed class EngineStoreOptions
{
    /// <summary>The SQLite file; made with its directory where it is absent. Other rooms may have tables in it.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>How long a write waits for another process's transaction.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
