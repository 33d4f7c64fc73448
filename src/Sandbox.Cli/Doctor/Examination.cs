using Sandbox.Components.Needs;
using Sandbox.Core.Configuration;
using Sandbox.Environments;
using Sandbox.Environments.Hosts;
using Sandbox.Environments.Programs;
using Sandbox.Environments.Python;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Cli.Doctor;

/// <summary>Looks whether this machine has what the jobs of a config need.</summary>
/// <param name="config">The config, checked.</param>
/// <param name="home">The home's directory.</param>
/// <param name="directory">What relative paths mean.</param>
internal sealed class Examination(SandboxConfig config, string home, string directory)
{
    private static readonly string[] Interpreters = ["python", "python3", "pip", "pip3"];
    private readonly PythonEnvironments _environments = new(TimeProvider.System, PythonEnvironments.UserStateDirectory);
    private readonly IReadOnlyList<(string Name, JobConfig Job, JobNeeds Needs)> _jobs =
    [
        .. config.Pipelines.SelectMany(p => p.Jobs.Select(j => (NameOf(p, j), j, JobNeeds.Of(j.ExtraConfigs?.Value, directory)))),
    ];

    /// <summary>All checks: what jobs need first, then the host.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken) =>
    [
        .. await EnvironmentsAsync(cancellationToken),
        .. await ProgramsAsync(cancellationToken),
        .. ModelChecks.Of(_jobs.Select(j => (j.Name, j.Job)), directory),
        .. await SlotChecks.OfAsync(_jobs.Select(j => (j.Name, j.Job)), directory, cancellationToken),
        .. DiskChecks.Of(config, home, directory),
        .. await EnvironmentDisksAsync(cancellationToken),
        await SurvivalAsync(cancellationToken),
    ];

    private async Task<List<Check>> EnvironmentsAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var group in _jobs.Where(j => j.Needs.Environment is not null).GroupBy(j => j.Needs.Environment!))
        {
            var (status, detail) = await EnvironmentAsync(group.Key, cancellationToken);
            checks.Add(new Check("environment", group.Key.Name ?? group.Key.ConfigPath ?? group.Key.Manager, status, detail, [.. group.Select(j => j.Name)]));
        }

        return checks;
    }

    private async Task<(CheckStatus Status, string Detail)> EnvironmentAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            var version = await _environments.CheckManagerAsync(spec, cancellationToken);
            return await _environments.FindAsync(spec, cancellationToken) is null
                ? (CheckStatus.Ok, $"not there yet, it will be made with {version}")
                : (CheckStatus.Ok, $"is there ({spec.Manager})");
        }
        catch (EnvironmentException e)
        {
            return (CheckStatus.Missing, e.Message);
        }
    }

    // What is not made yet needs room where it will stand.
    private async Task<List<Check>> EnvironmentDisksAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var group in _jobs.Where(j => j.Needs.Environment is { IsConda: false, Name: not null }).GroupBy(j => j.Needs.Environment!))
        {
            if (await OwnAsync("python", group.Key, cancellationToken) is { IsMade: false })
            {
                checks.Add(DiskChecks.OfEnvironment(group.Key.Name!, [.. group.Select(j => j.Name)]));
            }
        }

        return checks;
    }

    private async Task<List<Check>> ProgramsAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var group in _jobs.Where(j => j.Needs.Program is not null).GroupBy(j => (j.Needs.Program, j.Needs.Environment)))
        {
            var (status, detail) = await ProgramAsync(group.Key.Program!, group.Key.Environment, cancellationToken);
            checks.Add(new Check("program", group.Key.Program!, status, detail, [.. group.Select(j => j.Name)]));
        }

        return checks;
    }

    private async Task<(CheckStatus Status, string Detail)> ProgramAsync(string program, EnvironmentSpec? spec, CancellationToken cancellationToken)
    {
        var asked = program.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(program, directory) : program;
        var outside = ProgramSearch.Find(asked);
        if (spec is null)
        {
            return outside is null ? (CheckStatus.Missing, "not in the PATH: install it, or name its path in the command") : (CheckStatus.Ok, outside);
        }

        // What stands in the PATH is not what runs: the environment's own comes first.
        var own = spec.IsConda || asked != program ? null : await OwnAsync(program, spec, cancellationToken);
        return (own, outside) switch
        {
            ({ Found: { } path }, _) => (CheckStatus.Ok, path),
            ({ IsMade: true }, null) => (CheckStatus.Missing, $"neither in the environment {spec.Name} nor in the PATH: add its package to env_deps"),
            ({ IsMade: true }, { } path) => (CheckStatus.Ok, $"{path}, from outside of the environment {spec.Name}, which has none"),
            (_, { } path) when asked != program => (CheckStatus.Ok, path),
            _ when Interpreters.Contains(program, StringComparer.Ordinal) => (CheckStatus.Ok, $"the environment {spec.Name} brings it"),
            (_, { } path) => (CheckStatus.Ok, $"{path}, unless the environment {spec.Name} brings its own"),
            _ => (CheckStatus.Warning, $"not in the PATH; the environment {spec.Name} must bring it"),
        };
    }

    private async Task<OwnProgram> OwnAsync(string program, EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            return await _environments.FindAsync(spec, cancellationToken) is { } environment
                ? new OwnProgram(IsMade: true, environment.Wrap([program]).Command[0] is var own && own != program ? own : null)
                : new OwnProgram(IsMade: false, null);
        }
        catch (EnvironmentException)
        {
            // That its manager is missing is said of the environment.
            return new OwnProgram(IsMade: false, null);
        }
    }

    /// <summary>What an environment has of a program.</summary>
    private sealed record OwnProgram(bool IsMade, string? Found);

    private static async Task<Check> SurvivalAsync(CancellationToken cancellationToken)
    {
        var threat = await new Survival(new ShortCommandRunner()).FindThreatAsync(cancellationToken);
        return threat is null
            ? new Check("host", "restarts", CheckStatus.Ok, "programs of jobs outlive a restart of the sandbox", [])
            : new Check("host", "restarts", CheckStatus.Warning, threat, []);
    }

    private static string NameOf(PipelineConfig pipeline, JobConfig job) =>
        job.MetaName ?? FormattableString.Invariant($"{pipeline.Name}: {job.Hook} {job.Index + 1}");
}
