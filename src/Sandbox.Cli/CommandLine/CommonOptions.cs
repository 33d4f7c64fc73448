using System.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.CommandLine;

/// <summary>Options that many commands have.</summary>
internal static class CommonOptions
{
    private const int Suggested = 20;

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, one object a line." };

    public static Option<string?> Output(string description) => new("--output", "-o") { Description = description };

    public static Argument<string> Run()
    {
        var run = new Argument<string>("run") { Description = "The run's id, enough of its beginning, or \"last\".", HelpName = "run" };
        run.CompletionSources.Add(_ => KnownRuns());
        return run;
    }

    public static Argument<string?> Config(string description = "The sandbox YAML.") => new("config")
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string?> ConfigOption(string description = "The sandbox YAML.") => new("--config") { Description = description };

    /// <summary>The config that was given, as an argument or as an option.</summary>
    /// <exception cref="FaultException">None was given, or two.</exception>
    public static string ConfigOf(
        ParseResult parsed, Argument<string?> argument, Option<string?> option, IReadOnlyCollection<string>? overridable = null)
    {
        UsageErrors.RefuseTypos(parsed, OverridesOf(parsed, argument), overridable ?? []);
        var example = $"sandbox {parsed.CommandResult.Command.Name} FILE.yaml";
        var positional = parsed.GetValue(argument) is { } first && !IsOption(first) ? first : null;
        return (positional, parsed.GetValue(option)) switch
        {
            ({ } path, null) => path,
            (null, { } path) => path,
            (null, null) => throw new FaultException($"Which config? Name a YAML file, as in: {example}"),
            _ => throw new FaultException("The config is given twice: as an argument and with --config. Give one."),
        };
    }

    /// <summary>The words that are no options of the command: overrides of what the config says. The parser gives the first of
    /// them to the config where that was not named before.</summary>
    public static IReadOnlyList<string> OverridesOf(ParseResult parsed, Argument<string?> argument) =>
        parsed.GetValue(argument) is { } first && IsOption(first) ? [first, .. parsed.UnmatchedTokens] : parsed.UnmatchedTokens;

    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal);

    // Completion must be quick and must not disturb: the directories of the home, newest first, and not the database.
    private static IEnumerable<string> KnownRuns()
    {
        var runs = new DirectoryInfo(Path.Combine(SandboxHome.FromEnvironment(Environment.CurrentDirectory).Root, "runs"));
        return runs.Exists
            ? [.. runs.EnumerateDirectories().OrderByDescending(d => d.CreationTimeUtc).Take(Suggested).Select(d => d.Name)]
            : [];
    }
}
