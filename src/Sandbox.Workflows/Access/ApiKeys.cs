using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Core.Faults;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Access;

/// <summary>What a key allows.</summary>
[Flags]
public enum AccessScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To look at everything.</summary>
    Read = 1,

    /// <summary>To start, pause, resume, retry and cancel runs.</summary>
    Run = 2,

    /// <summary>To change and delete definitions and runs.</summary>
    Edit = 4,

    /// <summary>To manage the server itself.</summary>
    Admin = 8,
}

/// <summary>A key, without its secret.</summary>
/// <param name="Id">What it is called in lists and in the audit log.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself, or null.</param>
/// <param name="RevokedAt">When it was taken back, or null.</param>
public sealed record ApiKey(
    string Id, string Name, AccessScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>Whether it still opens anything.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>The keys of the home. Only a hash of each is kept: 32 random bytes need no slow one.</summary>
public sealed class ApiKeys
{
    private const string Prefix = "sbx";
    private const string Columns = "Id, Name, Scopes, CreatedAt, ExpiresAt, RevokedAt, Hash";

    private readonly EngineCommits _commits;
    private readonly RunsDatabase _database;
    private readonly TimeProvider _time;

    internal ApiKeys(EngineCommits commits, RunsDatabase database, TimeProvider time) => (_commits, _database, _time) = (commits, database, time);

    /// <summary>Makes a key. Its text is known now and never again.</summary>
    /// <exception cref="FaultException">Name, scopes or expiry make no sense.</exception>
    public async Task<(ApiKey Key, string Text)> CreateAsync(
        string name, AccessScopes scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(name) || scopes == AccessScopes.None || expiresAt <= now)
        {
            throw new FaultException("A key needs a name, at least one of the scopes read, run, edit and admin, and an expiry in the future.");
        }

        var key = new ApiKey(RandomNumberGenerator.GetHexString(8, lowercase: true), name, scopes, now, expiresAt, null);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '.').TrimEnd('=');
        await WriteAsync(
            "INSERT INTO sandbox_api_keys (Id, Name, Hash, Scopes, CreatedAt, ExpiresAt) VALUES (@0, @1, @2, @3, @4, @5)",
            cancellationToken,
            key.Id, key.Name, Hash(secret), scopes.ToString(), now.UtcTicks, expiresAt?.UtcTicks);
        return (key, $"{Prefix}_{key.Id}_{secret}");
    }

    /// <summary>All keys, oldest first, also those that have ended.</summary>
    public Task<List<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {Columns} FROM sandbox_api_keys ORDER BY CreatedAt, Id", row => Map(row), cancellationToken);

    /// <summary>Takes a key back.</summary>
    /// <returns>False where there is no such key, or it was taken back already.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) => await WriteAsync(
        "UPDATE sandbox_api_keys SET RevokedAt = @1 WHERE Id = @0 AND RevokedAt IS NULL", cancellationToken, id, _time.GetUtcNow().UtcTicks) > 0;

    /// <summary>The key that a text is; null for none, and for one that has ended.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Split('_', 3) is not [Prefix, { Length: > 0 and <= 64 } id, { Length: > 0 and <= 256 } secret])
        {
            return null;
        }

        var found = await ReadAsync(
            $"SELECT {Columns} FROM sandbox_api_keys WHERE Id = @0", row => (Key: Map(row), Hash: row.GetString(6)), cancellationToken, id);
        return found is [var (key, hash)] && key.IsValid(_time.GetUtcNow())
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(Hash(secret)))
            ? key
            : null;
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static ApiKey Map(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<AccessScopes>(row.GetString(2)), Time(row.GetInt64(3)),
        row.IsDBNull(4) ? null : Time(row.GetInt64(4)), row.IsDBNull(5) ? null : Time(row.GetInt64(5)));

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private async Task<int> WriteAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        return await _commits.RunAsync(
            async scope =>
            {
                await using var command = Sql.Command(scope.Connection, scope.Transaction, sql, values);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken cancellationToken, params object?[] values)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        return await _commits.ReadAsync(connection => Sql.RowsAsync(connection, sql, map, values, cancellationToken), cancellationToken);
    }
}
