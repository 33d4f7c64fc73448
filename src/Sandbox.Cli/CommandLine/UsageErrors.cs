using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.CommandLine;

/// <summary>What is wrong with a command line, a line each, with the word that was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>Whether a command line cannot be carried out as it stands.</summary>
    public static bool Are(ParseResult parsed) => parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction or null;

    /// <summary>Says what is wrong and where the help is.</summary>
    public static int Tell(ParseResult parsed, CliConsole console, bool json)
    {
        var command = parsed.CommandResult.Command;
        foreach (var message in Messages(parsed, command))
        {
            CliErrors.Tell(message, console, json);
        }

        console.Error.WriteLine($"See: {Path(parsed)} --help");
        return ExitCodes.BadUsage;
    }

    /// <summary>Of the words that a command passes on as overrides, those that were meant as its own options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="overrides">The words that are passed on.</param>
    /// <param name="known">Keys that can be overridden, near an option or not.</param>
    /// <exception cref="FaultException">There are such words; or the command takes no overrides, and there are any.</exception>
    public static void RefuseTypos(ParseResult parsed, IReadOnlyList<string> overrides, IReadOnlyCollection<string> known)
    {
        var options = Names(parsed.CommandResult.Command).ToList();
        var takesNone = parsed.CommandResult.Command.TreatUnmatchedTokensAsErrors;
        var faults = overrides.Where(t => t.StartsWith("--", StringComparison.Ordinal))
            .Select(t => t.Split('=')[0])
            .Where(t => takesNone || (!known.Contains(t[2..]) && Suggestion.Nearest(t, options) is not null))
            .Select(t => new Fault(null, Unknown(t, options)))
            .ToList();
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }
    }

    private static IEnumerable<string> Messages(ParseResult parsed, Command command)
    {
        var candidates = command.Subcommands.Select(c => c.Name).Concat(Names(command)).ToList();
        return parsed.UnmatchedTokens.Count > 0
            ? parsed.UnmatchedTokens.Distinct(StringComparer.Ordinal).Select(t => Unknown(t, candidates))
            : parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal);
    }

    private static string Unknown(string token, IEnumerable<string> candidates)
    {
        var kind = token.StartsWith('-') ? "option" : "command or argument";
        return $"unknown {kind} \"{token}\".{Suggestion.For(token, candidates)}";
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Append(o.Name)).Append("--help");

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult result; at = at.Parent)
        {
            names.Insert(0, result.Command is RootCommand ? "sandbox" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
