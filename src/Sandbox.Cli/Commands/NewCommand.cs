using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Commands.Templates;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox new component|hook|config NAME</c>: writes something that runs and is yours to change.</summary>
internal static class NewCommand
{
    public static Command Build(CliConsole console) =>
        new("new", "Begin something of your own: a component, a hook, a config.")
        {
            Component(console),
            Hook(console),
            Config(console),
        };

    private static Command Component(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "The component's type, as in vowel_share." };
        var program = new Option<bool>("--program") { Description = "A Python program instead of a class library: it needs no building." };
        var output = Output();
        var command = new Command("component", "A component type of a plugin.") { name, program, output };
        command.SetAction(parsed =>
        {
            var type = parsed.GetRequiredValue(name);
            Check(type, c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_', "small letters, digits and _");
            return parsed.GetValue(program)
                ? Program(type, parsed.GetValue(output), console)
                : Library("component", type, TemplateFiles.ClassName(type), parsed.GetValue(output), console);
        });
        return command;
    }

    private static Command Hook(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "The hook's name, as in CountRowsHook." };
        var output = Output();
        var command = new Command("hook", "A hook of a plugin, as a class library.") { name, output };
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(name);
            Check(given, char.IsAsciiLetterOrDigit, "letters and digits");
            var hook = given.EndsWith("Hook", StringComparison.Ordinal) ? given : given + "Hook";
            return Library("hook", hook, hook, parsed.GetValue(output), console);
        });
        return command;
    }

    private static Command Config(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "The project's name, as in my_sandbox, or a directory of that name, as in configs/my_sandbox." };
        var output = Output();
        var command = new Command("config", "A sandbox config with a recipe and some data.") { name, output };
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(name).TrimEnd(Path.DirectorySeparatorChar);
            var project = Path.GetFileName(given);
            Check(project, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-', "letters, digits, _ and -");
            var folder = parsed.GetValue(output) ?? given;
            var files = Write("config", folder, new() { ["NAME"] = project, ["FOLDER"] = folder });
            Tell(files, $"sandbox run {Path.Combine(folder, "sandbox.yaml")}", console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static int Library(string template, string name, string className, string? output, CliConsole console)
    {
        var folder = output ?? name;
        var files = Write(template, folder, new()
        {
            ["NAME"] = name,
            ["CLASS"] = className,
            ["SANDBOX_DIRECTORY"] = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar),
            ["SANDBOX_PLUGINS"] = Plugins(),
        });
        Tell(files, $"dotnet build {folder}, then: sandbox components {name}", console);
        return ExitCodes.Done;
    }

    private static int Program(string name, string? output, CliConsole console)
    {
        var files = Write("program", output ?? Path.Combine(Plugins(), name), new() { ["NAME"] = name });
        Tell(files, $"sandbox components {name}", console);
        return ExitCodes.Done;
    }

    private static string Plugins() => SandboxHome.FromEnvironment(Environment.CurrentDirectory).PluginDirectories[0];

    private static IReadOnlyList<string> Write(string template, string folder, Dictionary<string, string> values)
    {
        try
        {
            return TemplateFiles.Write(template, folder, values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultException($"{folder} cannot be written: {FileFault.Reason(e)}.");
        }
    }

    private static void Tell(IReadOnlyList<string> files, string next, CliConsole console)
    {
        foreach (var file in files)
        {
            console.Line(file);
        }

        console.Error.WriteLine($"Next: {next}");
    }

    private static Option<string?> Output() => new("--output", "-o") { Description = "The directory to write to; it must be empty or new." };

    private static void Check(string name, Func<char, bool> isAllowed, string allowed)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(isAllowed))
        {
            throw new FaultException($"\"{name}\" cannot be a name here: it is made of {allowed}, and begins with a letter.");
        }
    }
}
