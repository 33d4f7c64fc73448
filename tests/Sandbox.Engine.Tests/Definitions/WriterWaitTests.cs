using Microsoft.Data.Sqlite;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class WriterWaitTests : IDisposable
{
    private readonly EngineFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_writer_waits_until_the_other_one_is_done()
    {
        await using var first = Open(TimeSpan.FromMinutes(10));
        await using var second = Open(TimeSpan.FromMinutes(10));
        var other = first.BeginTransaction();

        var begun = Task.Run(() => second.BeginTransaction());
        var ended = await Task.WhenAny(begun, Task.Delay(TimeSpan.FromMilliseconds(200)));
        ended.ShouldNotBe(begun);
        await other.DisposeAsync();

        await (await begun.WaitAsync(TimeSpan.FromMinutes(5))).DisposeAsync();
    }

    [Fact]
    public async Task A_writer_that_has_waited_long_enough_says_that_the_database_is_locked()
    {
        await using var first = Open(TimeSpan.FromMinutes(10));
        await using var second = Open(TimeSpan.FromMilliseconds(20));
        second.DefaultTimeout = 1;
        await using var other = first.BeginTransaction();

        Should.Throw<SqliteException>(() => second.BeginTransaction()).Message.ShouldContain("locked");
    }

    private SqliteConnection Open(TimeSpan timeout)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file.Path, Pooling = false }.ToString());
        connection.Open();
        WriterWait.Set(connection, timeout);
        return connection;
    }
}
