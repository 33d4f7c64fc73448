using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Hosts;

/// <summary>
/// Whether processes that are to outlive this one will: systemd ends all of a service's or of a login session's processes
/// with it where it is set so, and a container ends with its first process.
/// </summary>
/// <param name="commands">Runs <c>systemctl</c>.</param>
public sealed class Survival(ShortCommandRunner commands)
{
    private static readonly string[] LogindFiles = ["/etc/systemd/logind.conf", "/usr/lib/systemd/logind.conf"];
    private static readonly string[] LogindFolders = ["/usr/lib/systemd/logind.conf.d", "/etc/systemd/logind.conf.d", "/run/systemd/logind.conf.d"];

    /// <summary>What would end them together with this process, and how to mend it; null where nothing is known to.</summary>
    public async Task<string?> FindThreatAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "processes do not outlive the sandbox on this system: a restart of the sandbox ends them.";
        }

        var unit = UnitOf(await TextAsync("/proc/self/cgroup", cancellationToken));
        var first = (await TextAsync("/proc/1/comm", cancellationToken)).Trim();
        var killMode = unit?.EndsWith(".service", StringComparison.Ordinal) == true ? await KillModeAsync(unit, cancellationToken) : null;
        var killsSessions = LogindFolders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.conf")).Order(StringComparer.Ordinal)
            .Prepend(LogindFiles.FirstOrDefault(File.Exists)).OfType<string>().Aggregate(false, (so, file) => KillsSessions(File.ReadLines(file)) ?? so);
        return Judge(unit, first, killMode, killsSessions, Environment.GetEnvironmentVariable("SLURM_JOB_ID"));
    }

    /// <summary>Judges what was found.</summary>
    /// <param name="unit">The systemd unit that this process belongs to, or null.</param>
    /// <param name="firstProcess">Name of process 1.</param>
    /// <param name="killMode">The unit's KillMode, where it is a service.</param>
    /// <param name="killsSessions">Whether logind ends the processes of a session that is closed.</param>
    /// <param name="batchJob">Number of the batch job, or null.</param>
    internal static string? Judge(string? unit, string firstProcess, string? killMode, bool killsSessions, string? batchJob)
    {
        if (batchJob is not null)
        {
            return $"the sandbox runs in the batch job {batchJob}: programs that it starts end with that job. Give the job enough time.";
        }

        if (firstProcess is not ("systemd" or "init"))
        {
            return $"process 1 is \"{firstProcess}\": this is a container. Programs outlive the sandbox, but end with the container; start the sandbox "
                + "as another process of it (not as its first), and do not replace it while a training runs.";
        }

        if (unit is null)
        {
            return null;
        }

        if (unit.EndsWith(".service", StringComparison.Ordinal) && !unit.StartsWith("user@", StringComparison.Ordinal) && killMode is not ("process" or "none"))
        {
            return $"the sandbox runs in the systemd service {unit} with KillMode={killMode ?? "control-group"}: stopping it ends the trainings too. Set KillMode=process in its [Service] section.";
        }

        return unit.StartsWith("session-", StringComparison.Ordinal) && killsSessions
            ? $"the sandbox runs in the login session {unit}, and logind ends a session's processes when it is closed (KillUserProcesses=yes). "
                + "Run it as a service, or allow lingering and use: systemd-run --user --scope sandbox …"
            : null;
    }

    /// <summary>The innermost service or scope in the text of /proc/self/cgroup, or null.</summary>
    internal static string? UnitOf(string cgroup) => cgroup.Split('\n')
        .Select(line => line.Split(':', 3))
        .Where(parts => parts.Length == 3 && parts[1] is "" or "name=systemd")
        .SelectMany(parts => parts[2].Split('/'))
        .LastOrDefault(part => part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));

    /// <summary>What a file of logind says of KillUserProcesses, or null where it says nothing.</summary>
    internal static bool? KillsSessions(IEnumerable<string> lines) => lines
        .Select(l => l.Trim())
        .Where(l => l.StartsWith("KillUserProcesses=", StringComparison.Ordinal))
        .Select(l => (bool?)(l["KillUserProcesses=".Length..].Trim().ToLowerInvariant() is "yes" or "true" or "1" or "on"))
        .LastOrDefault();

    private async Task<string?> KillModeAsync(string unit, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await commands.RunAsync(new ShortCommand("systemctl", ["show", "--property=KillMode", "--value", unit]), cancellationToken);
            return answer.ExitCode == 0 && answer.Output.Trim() is { Length: > 0 } mode ? mode : null;
        }
        catch (ShortCommandException)
        {
            return null;
        }
    }

    private static async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
