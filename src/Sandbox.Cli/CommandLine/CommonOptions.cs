using System.CommandLine;

namespace Sandbox.Cli.CommandLine;

/// <summary>Options that many commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON, one object a line." };

    public static Argument<string> Run() => new("run") { Description = "The run's id, or enough of its beginning." };

    public static Argument<string?> Config() => new("config")
    {
        Description = "The sandbox YAML.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string?> ConfigOption() => new("--config") { Description = "The sandbox YAML." };

    /// <summary>The config that was given, as an argument or as an option.</summary>
    /// <exception cref="Core.Faults.FaultException">None was given, or two.</exception>
    public static string ConfigOf(ParseResult parsed, Argument<string?> argument, Option<string?> option) =>
        (parsed.GetValue(argument), parsed.GetValue(option)) switch
        {
            ({ } path, null) => path,
            (null, { } path) => path,
            (null, null) => throw new Core.Faults.FaultException("Which config? Name a sandbox YAML, as in: sandbox run sandbox.yaml"),
            _ => throw new Core.Faults.FaultException("The config is given twice: as an argument and with --config. Give one."),
        };
}
