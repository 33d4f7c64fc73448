using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Faults;
using Sandbox.Environments;
using Sandbox.Environments.Programs;
using Sandbox.Environments.Python;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox env list|create|run|remove</c>: Python environments of this host.</summary>
internal static class EnvCommand
{
    private const string Usual = "venv";

    public static Command Build(CliConsole console) => new("env", "List, create, use and remove Python environments.")
    {
        BuildList(console), BuildCreate(console), BuildRun(console), BuildRemove(console),
    };

    private static PythonEnvironments Environments() => new(TimeProvider.System, PythonEnvironments.UserStateDirectory);

    private static Argument<string?> Name() => new("name")
    {
        Description = "Its directory; for conda, mamba and micromamba its name.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Option<string?> Manager()
    {
        var manager = new Option<string?>("--manager") { Description = $"{string.Join(", ", EnvironmentSpec.Managers)}; what it was made with, or {Usual}." };
        manager.CompletionSources.Add([.. EnvironmentSpec.Managers]);
        return manager;
    }

    private static Command BuildList(CliConsole console)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the environments that were made or used by jobs and by this command.") { json };
        command.SetAction(parsed =>
        {
            var known = Environments().Known();
            if (parsed.GetValue(json))
            {
                foreach (var record in known)
                {
                    console.Json(new { name = record.Identity, record.Manager, state = StateOf(record), record.Since, packages = record.Installed.Count });
                }

                return ExitCodes.Done;
            }

            var table = new TextTable("ENVIRONMENT", "MANAGER", "STATE", "SINCE");
            foreach (var record in known)
            {
                table.Row(record.Identity, record.Manager, StateOf(record), record.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
            }

            table.Write(console);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildCreate(CliConsole console)
    {
        var (name, manager, json) = (Name(), Manager(), CommonOptions.Json());
        var python = new Option<string?>("--python") { Description = "Version of Python, as 3.11." };
        var file = new Option<string?>("--file") { Description = "An environment file of conda; its name counts." };
        var deps = new Option<string?>("--deps") { Description = "A requirements file, or a directory with code." };
        var packages = new Option<string[]>("--package") { Description = "A package with pip's options, as \"torch==2.1 --no-deps\"; may be given several times." };
        var command = new Command("create", "Create an environment where it is not there, and install into it.") { name, manager, python, file, deps, packages, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = Spec(parsed.GetValue(name), parsed.GetValue(manager)) with { PythonVersion = parsed.GetValue(python), ConfigPath = parsed.GetValue(file) };
            Check(spec);
            var environment = await Environments().PrepareAsync(
                spec, Wanted(parsed.GetValue(deps), parsed.GetValue(packages) ?? []), line => console.Error.WriteLine(line), cancellationToken);
            var freeze = await environment.FreezeAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                console.Json(new { name = environment.Identity, manager = spec.Manager, python = freeze[0], packages = freeze.Skip(1) });
            }
            else
            {
                console.Line($"{environment.Identity} is ready: {string.Join(", ", freeze)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildRun(CliConsole console)
    {
        var (name, manager) = (new Argument<string>("name") { Description = "The environment." }, Manager());
        var words = new Argument<string[]>("command") { Description = "The program and its arguments, behind --.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("run", "Run a command in an environment, as in: sandbox env run ./env -- python -V. Its exit code is the command's.") { name, manager, words };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = Spec(parsed.GetValue(name), parsed.GetValue(manager));
            Check(spec);
            var environment = await Environments().FindAsync(spec, cancellationToken)
                ?? throw new FaultException($"There is no environment {spec.Name}. Create it first: sandbox env create {spec.Name} --manager {spec.Manager}");
            return await AttachedCommand.RunAsync(environment.Wrap(parsed.GetValue(words)!), cancellationToken);
        });
        return command;
    }

    private static Command BuildRemove(CliConsole console)
    {
        var (name, manager) = (new Argument<string>("name") { Description = "The environment." }, Manager());
        var command = new Command("remove", "Remove an environment with all that is in it.") { name, manager };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var spec = Spec(parsed.GetValue(name), parsed.GetValue(manager));
            Check(spec);
            if (!await Environments().RemoveAsync(spec, line => console.Error.WriteLine(line), cancellationToken))
            {
                throw new FaultException($"There is no environment {spec.Name}.");
            }

            console.Line($"{spec.Name} is removed.");
            return ExitCodes.Done;
        });
        return command;
    }

    // Whoever made it with another manager need not say so again.
    private static EnvironmentSpec Spec(string? name, string? manager)
    {
        var full = string.IsNullOrEmpty(name) || name.Contains('\0', StringComparison.Ordinal) ? name : Path.GetFullPath(name);
        var known = manager is null ? Environments().Known().FirstOrDefault(r => r.Identity == full || r.Identity == $"{r.Manager}:{name}") : null;
        return new EnvironmentSpec { Manager = manager ?? known?.Manager ?? Usual, Name = name };
    }

    private static void Check(EnvironmentSpec spec)
    {
        var faults = spec.Faults().Select(f => new Fault(null, f.Key switch
        {
            "env_manager" => $"--manager {f.Message}{Suggestion.For(spec.Manager, EnvironmentSpec.Managers)}",
            "env_name" => $"the name {f.Message}",
            "env_params.env_py_version" => $"--python {f.Message}",
            _ => $"--file {f.Message}",
        })).ToList();
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }
    }

    private static List<Requirements> Wanted(string? deps, string[] packages)
    {
        try
        {
            var wanted = new List<Requirements>();
            if (deps is not null)
            {
                wanted.Add(Requirements.OfPath(deps));
            }

            if (packages.Length > 0)
            {
                wanted.Add(Requirements.OfList(packages));
            }

            return wanted;
        }
        catch (EnvironmentException e)
        {
            throw new FaultException(e.Message);
        }
    }

    private static string StateOf(EnvironmentRecord record) =>
        record.Identity.StartsWith('/') && !Directory.Exists(record.Identity) ? "gone"
        : record.State == EnvironmentRecord.Ready ? "ready" : "half-made";
}
