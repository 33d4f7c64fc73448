using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Access;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox keys create|list|revoke</c>: who may use the server of this home.</summary>
internal static class KeysCommand
{
    public static Command Build(CliConsole console) => new("keys", "API keys of the server: create, list, revoke.")
    {
        BuildCreate(console), BuildList(console), BuildRevoke(console),
    };

    private static Command BuildCreate(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "Whose key it is." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it allows: read, run, edit, admin; several are possible.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["read", "run"],
        };
        var expires = new Option<string?>("--expires-in") { Description = "How long it is valid, as in 90d; without it, until it is revoked." };
        var json = CommonOptions.Json();
        var command = new Command("create", "Make a key. Its text is shown once.") { name, scopes, expires, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var (key, text) = await session.Keys.CreateAsync(
                parsed.GetValue(name)!, Scopes(parsed.GetValue(scopes) ?? []), Expiry(parsed.GetValue(expires)), cancellationToken);
            if (parsed.GetValue(json))
            {
                console.Json(new { key.Id, key.Name, Scopes = key.Scopes.ToString(), key.ExpiresAt, Key = text });
            }
            else
            {
                console.Output.WriteLine(text);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildList(CliConsole console)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the keys, without their secrets.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            foreach (var key in await session.Keys.ListAsync(cancellationToken))
            {
                if (parsed.GetValue(json))
                {
                    console.Json(new { key.Id, key.Name, Scopes = key.Scopes.ToString(), key.CreatedAt, key.ExpiresAt, key.RevokedAt });
                }
                else
                {
                    console.Output.WriteLine($"{key.Id}  {key.Name}  {key.Scopes.ToString().ToLowerInvariant()}  {State(key)}");
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildRevoke(CliConsole console)
    {
        var id = new Argument<string>("id") { Description = "The key's id." };
        var command = new Command("revoke", "Take a key back.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            return await session.Keys.RevokeAsync(parsed.GetValue(id)!, cancellationToken)
                ? ExitCodes.Done
                : throw new FaultException($"There is no valid key \"{parsed.GetValue(id)}\". See: sandbox keys list");
        });
        return command;
    }

    private static string State(ApiKey key) => key switch
    {
        { RevokedAt: { } revoked } => string.Create(CultureInfo.InvariantCulture, $"revoked {revoked.ToLocalTime():yyyy-MM-dd}"),
        { ExpiresAt: { } expires } => string.Create(CultureInfo.InvariantCulture, $"until {expires.ToLocalTime():yyyy-MM-dd HH:mm}"),
        _ => "no expiry",
    };

    private static AccessScopes Scopes(IEnumerable<string> words)
    {
        var scopes = AccessScopes.None;
        foreach (var word in words.SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            string[] known = ["read", "run", "edit", "admin"];
            scopes |= known.Contains(word, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<AccessScopes>(word, ignoreCase: true)
                : throw new FaultException($"\"{word}\" is no scope: read, run, edit or admin.{Suggestion.For(word, known)}");
        }

        return scopes;
    }

    private static DateTimeOffset? Expiry(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Durations.Parse(text, out var span) is { } problem ? throw new FaultException($"--expires-in: {problem}") : TimeProvider.System.GetUtcNow() + span;
    }
}
