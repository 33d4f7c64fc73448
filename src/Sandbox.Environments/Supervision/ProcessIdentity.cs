using System.Globalization;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision;

/// <summary>Names one process for all time: a process id that passed to a stranger, or came again after a reboot, is not it.</summary>
/// <param name="BootId">The boot, with the namespace of process ids (containers share a boot).</param>
/// <param name="Pid">Process id.</param>
/// <param name="StartTime">Clock ticks from boot to its start.</param>
/// <param name="Token">The token in the environment of the process and of all that it starts.</param>
/// <param name="Host">The host's name, for people.</param>
public sealed record ProcessIdentity(string BootId, int Pid, long StartTime, string Token, string Host)
{
    /// <summary>The variable that holds the token.</summary>
    public const string TokenVariable = "SANDBOX_PROCESS_TOKEN";

    /// <summary>Names a boot other than the machine's, so that a reboot can be rehearsed.</summary>
    internal const string BootVariable = "SANDBOX_BOOT_ID";

    /// <summary>Whether that very process runs now on this machine.</summary>
    public bool IsAlive =>
        BootId == CurrentBoot() && ProcessStat.Read(Pid) is { HasEnded: false } stat && stat.StartTime == StartTime;

    /// <summary>One line that <see cref="Parse"/> reads.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{BootId}|{Pid}|{StartTime}|{Token}|{Host}");

    /// <summary>Reads what <see cref="Format"/> gave; null for anything else.</summary>
    public static ProcessIdentity? Parse(string text) => text.Split('|', 5) is [var boot, var pid, var start, var token, var host]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new ProcessIdentity(boot, id, ticks, token, host)
            : null;

    /// <summary>The identity of this process.</summary>
    /// <param name="token">Its token, or nothing.</param>
    public static ProcessIdentity OfThisProcess(string token) => new(
        CurrentBoot(), Environment.ProcessId, ProcessStat.Read(Environment.ProcessId)?.StartTime ?? 0, token, Environment.MachineName);

    private static string CurrentBoot() =>
        Environment.GetEnvironmentVariable(BootVariable)
        ?? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + new FileInfo("/proc/self/ns/pid").LinkTarget;
}
