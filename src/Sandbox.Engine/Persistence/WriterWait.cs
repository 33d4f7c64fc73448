using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Sandbox.Engine.Persistence;

/// <summary>
/// How a connection waits for another process's transaction. SQLite's own way looks ever more seldom, at last every 100 ms:
/// while others commit one transaction after another, the lock is free for microseconds in between, and a writer was seen to
/// wait 13 seconds beside three others. Looking every one or two milliseconds, the same writer waited one second, and as
/// many transactions were committed.
/// </summary>
internal static partial class WriterWait
{
    private const int ShortestMilliseconds = 1;
    private const int LongestMilliseconds = 2;

    /// <summary>Sets it for a connection, for as long as that is open.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="timeout">How long it waits at least before it gives up.</param>
    public static unsafe void Set(SqliteConnection connection, TimeSpan timeout)
    {
        var looks = (nint)(timeout.TotalMilliseconds / ShortestMilliseconds);
        var code = SetBusyHandler(connection.Handle!.DangerousGetHandle(), &Wait, looks);
        if (code != 0)
        {
            throw new SqliteException("The database does not take the way in which its writers wait.", code);
        }
    }

    // SQLite calls it on the thread that waits, and goes on when it returns: there is nothing to await. The wait is another
    // one each time, so that two that wait do not look in step.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Wait(nint looks, int looked)
    {
        if (looked >= looks)
        {
            return 0;
        }

        Thread.Sleep(Random.Shared.Next(ShortestMilliseconds, LongestMilliseconds + 1));
        return 1;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_busy_handler")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe partial int SetBusyHandler(nint database, delegate* unmanaged[Cdecl]<nint, int, int> handler, nint argument);
}
