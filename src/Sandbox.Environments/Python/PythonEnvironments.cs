using System.Diagnostics;
using Sandbox.Environments.Programs;
using Sandbox.Environments.Python.Tools;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Python;

/// <summary>
/// The Python environments of this host. Jobs that want the same one wait for each other and make it once; one that was
/// left half-made is made again.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="stateDirectory">Where locks and records lie; shared by all who use the same environments.</param>
public sealed class PythonEnvironments(TimeProvider time, string stateDirectory)
{
    private readonly ShortCommandRunner _commands = new();

    /// <summary>The state directory of this user.</summary>
    public static string UserStateDirectory
    {
        get
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? Path.Combine(data, "sandbox", "environments")
                : Path.Combine(Path.GetTempPath(), $"sandbox-{Environment.UserName}", "environments");
        }
    }

    /// <summary>What was made or used here, by its place.</summary>
    public IReadOnlyList<EnvironmentRecord> Known() =>
        [.. EnvironmentJournal.Files(stateDirectory).Select(EnvironmentRecord.FromFile).OfType<EnvironmentRecord>()
            .OrderBy(r => r.Identity, StringComparer.Ordinal)];

    /// <summary>Makes the environment where it is not there, and installs what was not installed yet.</summary>
    /// <param name="spec">Which environment.</param>
    /// <param name="requirements">What to install, in order.</param>
    /// <param name="log">Takes each line of output as it comes.</param>
    /// <param name="cancellationToken">Ends the work; a half-made environment is made again next time.</param>
    /// <exception cref="EnvironmentException">It cannot be made or something cannot be installed.</exception>
    public async Task<PythonEnvironment> PrepareAsync(
        EnvironmentSpec spec, IReadOnlyList<Requirements> requirements, Action<string> log, CancellationToken cancellationToken)
    {
        var tool = EnvironmentTool.Of(spec);
        await tool.CheckAvailableAsync(_commands, cancellationToken);
        using var journal = await OpenAsync(tool, log, cancellationToken);
        await journal.EndLeftOverAsync(cancellationToken);
        await EnsureAsync(spec, tool, journal, log, cancellationToken);
        foreach (var wanted in requirements.Where(r => !journal.Record!.Installed.Contains(r.Fingerprint, StringComparer.Ordinal)))
        {
            log($"Installing {wanted.Description}");
            var command = wanted.IsScript ? tool.Wrap(["python", .. wanted.Arguments]) : tool.Pip(["install", .. wanted.Arguments]);
            var exit = await RunAsync(command, journal, journal.Record!, log, cancellationToken);
            if (exit != 0)
            {
                throw new EnvironmentException(FormattableString.Invariant(
                    $"{(wanted.IsScript ? "python" : "pip")} ended with exit code {exit} when installing {wanted.Description} into {tool.Identity}; its own words stand above in the log."));
            }

            journal.Write(Idle(journal.Record!) with { Installed = [.. journal.Record!.Installed, wanted.Fingerprint] });
        }

        return new PythonEnvironment(tool, _commands);
    }

    /// <summary>The environment, where it is there and whole; else null.</summary>
    /// <exception cref="EnvironmentException">Its manager is not available.</exception>
    public async Task<PythonEnvironment?> FindAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        var tool = EnvironmentTool.Of(spec);
        await tool.CheckAvailableAsync(_commands, cancellationToken);
        return await tool.ExistsAsync(_commands, cancellationToken) ? new PythonEnvironment(tool, _commands) : null;
    }

    /// <summary>The version of the manager.</summary>
    /// <exception cref="EnvironmentException">It is not available, and how to get it.</exception>
    public Task<string> CheckManagerAsync(EnvironmentSpec spec, CancellationToken cancellationToken) =>
        EnvironmentTool.Of(spec).CheckAvailableAsync(_commands, cancellationToken);

    /// <summary>Removes the environment with all that is in it.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="EnvironmentException">Something else stands there, or the manager failed.</exception>
    public async Task<bool> RemoveAsync(EnvironmentSpec spec, Action<string> log, CancellationToken cancellationToken)
    {
        var tool = EnvironmentTool.Of(spec);
        using var journal = await OpenAsync(tool, log, cancellationToken);
        await journal.EndLeftOverAsync(cancellationToken);
        var isThere = journal.Record is not null || await tool.ExistsAsync(_commands, cancellationToken);
        await ClearAsync(tool, journal, log, cancellationToken);
        return isThere;
    }

    private Task<EnvironmentJournal> OpenAsync(EnvironmentTool tool, Action<string> log, CancellationToken cancellationToken) =>
        EnvironmentJournal.OpenAsync(
            stateDirectory, tool.Identity, time,
            () => log($"Waiting for another job that is at work on the environment {tool.Identity}"), cancellationToken);

    private async Task EnsureAsync(
        EnvironmentSpec spec, EnvironmentTool tool, EnvironmentJournal journal, Action<string> log, CancellationToken cancellationToken)
    {
        var isHalfMade = journal.Record?.State == EnvironmentRecord.Creating;
        if (!isHalfMade && await tool.ExistsAsync(_commands, cancellationToken))
        {
            journal.Write(journal.Record ?? NewRecord(spec, tool, EnvironmentRecord.Ready));
            return;
        }

        if (journal.Record is { MadeHere: true })
        {
            log($"The environment {tool.Identity} is not whole; it is made again");
            await ClearAsync(tool, journal, log, cancellationToken);
        }

        await CreateAsync(spec, tool, journal, log, cancellationToken);
    }

    private async Task CreateAsync(
        EnvironmentSpec spec, EnvironmentTool tool, EnvironmentJournal journal, Action<string> log, CancellationToken cancellationToken)
    {
        if (tool.Obstacle is { } obstacle)
        {
            throw new EnvironmentException($"At {tool.Identity} there is {obstacle}, made by somebody else. Name another place (env_name), or remove it.");
        }

        log($"Making the environment {tool.Identity} with {spec.Manager}");
        var exit = await RunAsync(
            new EnvironmentCommand(tool.Create(), CreateVariables), journal, NewRecord(spec, tool, EnvironmentRecord.Creating) with { MadeHere = true }, log, cancellationToken);
        if (exit != 0 || !await tool.ExistsAsync(_commands, cancellationToken))
        {
            throw new EnvironmentException(exit == 0
                ? $"{spec.Manager} ended well, but there is no environment {tool.Identity}."
                : FormattableString.Invariant($"{spec.Manager} ended with exit code {exit} when making the environment {tool.Identity}; its own words stand above in the log."));
        }

        journal.Write(Idle(journal.Record!) with { State = EnvironmentRecord.Ready });
    }

    private static Dictionary<string, string> CreateVariables => new(StringComparer.Ordinal)
    {
        ["CONDA_ALWAYS_YES"] = "true", ["MAMBA_ALWAYS_YES"] = "true",
    };

    // The record names the program before it can do harm, so that whoever comes after a crash can end it first.
    private static Task<int> RunAsync(
        EnvironmentCommand command, EnvironmentJournal journal, EnvironmentRecord record, Action<string> log, CancellationToken cancellationToken)
    {
        journal.Write(record);
        return LoggedCommand.RunAsync(
            command.Command, command.Variables, line => log(Secrets.Hide(line)),
            process => Note(process, journal, record), cancellationToken);
    }

    private static void Note(Process process, EnvironmentJournal journal, EnvironmentRecord record)
    {
        try
        {
            journal.Write(record with { Pid = process.Id, PidSince = new DateTimeOffset(process.StartTime) });
        }
        catch (InvalidOperationException)
        {
            // It has ended already: nobody will have to end it.
        }
    }

    private async Task ClearAsync(EnvironmentTool tool, EnvironmentJournal journal, Action<string> log, CancellationToken cancellationToken)
    {
        if (tool.Remove() is not { } command)
        {
            // Only what was made here, or is an environment, may be deleted.
            if (journal.Record is not { MadeHere: true } && tool.Obstacle is { } obstacle)
            {
                throw new EnvironmentException($"At {tool.Identity} there is {obstacle}, made by somebody else; it is not removed.");
            }

            if (Directory.Exists(tool.Directory))
            {
                Directory.Delete(tool.Directory, recursive: true);
            }
        }
        else if (await tool.ExistsAsync(_commands, cancellationToken))
        {
            var exit = await LoggedCommand.RunAsync(command, CreateVariables, log, started: null, cancellationToken);
            if (exit != 0)
            {
                throw new EnvironmentException(FormattableString.Invariant($"{command[0]} ended with exit code {exit} when removing {tool.Identity}."));
            }
        }

        journal.Forget();
    }

    private EnvironmentRecord NewRecord(EnvironmentSpec spec, EnvironmentTool tool, string state) =>
        new() { Manager = spec.Manager, Identity = tool.Identity, State = state, Since = time.GetUtcNow() };

    private static EnvironmentRecord Idle(EnvironmentRecord record) => record with { Pid = null, PidSince = null };
}
