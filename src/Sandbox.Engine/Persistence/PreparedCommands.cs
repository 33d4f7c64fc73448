using System.Data.Common;
using System.Globalization;

namespace Sandbox.Engine.Persistence;

/// <summary>The commands of one connection, each prepared once: parsing a statement costs more than running it.</summary>
internal sealed class PreparedCommands(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The transaction that the commands run in.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>A command with the parameters <c>@p0</c>, <c>@p1</c> …</summary>
    public DbCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            for (var i = 0; i < values.Length; i++)
            {
                Add(command, string.Create(CultureInfo.InvariantCulture, $"@p{i}"));
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.Transaction = Transaction;
        return command;
    }

    /// <summary>A command with named parameters, always in the same order.</summary>
    public DbCommand Bind(string sql, IReadOnlyList<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            foreach (var (name, _) in values)
            {
                Add(command, name);
            }
        }

        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        command.Transaction = Transaction;
        return command;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private DbCommand Create(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        _commands.Add(sql, command);
        return command;
    }

    private static void Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
    }
}
