using Microsoft.Data.Sqlite;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.CommandLine;

/// <summary>Says in words what is wrong with the database of a home.</summary>
internal static class DatabaseFault
{
    // Result codes: https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The message, or null where the exception is not about the database.</summary>
    public static string? Describe(Exception exception, SandboxHome home)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is SqliteException sqlite)
            {
                return Describe(sqlite, home);
            }
        }

        return null;
    }

    private static string Describe(SqliteException exception, SandboxHome home) => exception.SqliteErrorCode switch
    {
        Busy or Locked => $"The database {home.DatabasePath} is held by another process. Try again when it is done.",
        ReadOnly or CannotOpen =>
            $"The database {home.DatabasePath} cannot be opened for writing. Make the home writable, or name another with SANDBOX_HOME.",
        InputOutput => $"The database {home.DatabasePath} cannot be read or written: {exception.Message}. Look at the disk, then try again.",
        Corrupt or NotADatabase =>
            $"{home.DatabasePath} is damaged or no SQLite database. Put a copy back, or move it away with its -wal and -shm files to begin anew.",
        Full => $"No space is left for the database {home.DatabasePath}. Make room, then try again; what was committed is safe.",
        _ => $"The database {home.DatabasePath} failed: {exception.Message}",
    };
}
