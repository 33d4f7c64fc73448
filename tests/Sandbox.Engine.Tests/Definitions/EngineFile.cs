using Microsoft.Data.Sqlite;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Tests.Definitions;

/// <summary>A database file of a test's own, opened as often as it likes.</summary>
internal sealed class EngineFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sandbox-engine-").FullName;
    private readonly List<EngineDatabase> _databases = [];

    public string Path => System.IO.Path.Combine(_directory, "home", "sandbox.db");

    public TestClock Clock { get; } = new();

    /// <summary>The file as one more process sees it.</summary>
    public EngineDatabase Open()
    {
        var database = new EngineDatabase(new EngineStoreOptions { DatabasePath = Path }, Clock);
        _databases.Add(database);
        return database;
    }

    public DefinitionStore Store() => new(Open(), new DefinitionValidator(TestActivities.Registry()));

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>A clock that a test sets.</summary>
internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
