using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Sandbox.Engine.Leases;

/// <summary>Who holds a lease. Boot id, process id and start time together name one process for all time, so that a
/// process id used again by another program is never taken for the holder.</summary>
/// <param name="BootId">The host's boot, with the process-id namespace where there is one (containers share a boot).</param>
/// <param name="ProcessId">Process id.</param>
/// <param name="StartTime">When the process started: clock ticks since boot, or UTC ticks off Linux.</param>
/// <param name="Token">Tells apart several holders in one process.</param>
/// <param name="Host">The host's name, for people.</param>
internal sealed record LeaseHolder(string BootId, int ProcessId, long StartTime, string Token, string Host)
    : IDisposable
{
    private static readonly string ThisBoot = ReadBootId();

    /// <summary>The holders of this process that still work. A lease of this process by any other holder is left over
    /// from work that broke off.</summary>
    private static readonly ConcurrentDictionary<string, LeaseHolder> Working = new(StringComparer.Ordinal);

    /// <summary>A new holder in this process.</summary>
    public static LeaseHolder New()
    {
        var holder = new LeaseHolder(
            ThisBoot,
            Environment.ProcessId,
            ReadStartTime(Environment.ProcessId) ?? 0,
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            Environment.MachineName);
        Working[holder.Token] = holder;
        return holder;
    }

    /// <summary>The holder's work has ended.</summary>
    public void Dispose() => Working.TryRemove(Token, out _);

    /// <summary>Whether this very process wrote the lease and no longer works under it.</summary>
    public bool IsForgotten() => ProcessId == Environment.ProcessId && !Working.ContainsKey(Token);

    /// <summary>Whether the holder's process is known to be dead: same boot, and no process with its id and start time.</summary>
    public bool IsKnownDead() => BootId == ThisBoot && ReadStartTime(ProcessId) != StartTime;

    /// <summary>Whether the holder's process is known to live.</summary>
    public bool IsKnownAlive() => BootId == ThisBoot && ReadStartTime(ProcessId) == StartTime;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Host}");

    /// <summary>The stored holder for people; null where there is none, or a dead one.</summary>
    public static string? Living(string? stored) =>
        Parse(stored) is { } holder && !holder.IsKnownDead() && !(holder.IsKnownAlive() && holder.IsForgotten())
            ? holder.ToString()
            : null;

    /// <summary>Whether a stored lease binds nobody: there is none, its holder is known to be dead, or it has run out and its
    /// holder is not known to live.</summary>
    public static bool IsVoid(string? stored, DateTimeOffset? expires, DateTimeOffset now) => Parse(stored) is not { } holder
        || holder.IsKnownDead()
        || (holder.IsKnownAlive() ? holder.IsForgotten() : !(expires > now));

    /// <summary>The form in which a lease is stored.</summary>
    public string Format() =>
        string.Create(CultureInfo.InvariantCulture, $"{BootId}|{ProcessId}|{StartTime}|{Token}|{Host}");

    /// <summary>Reads the stored form; null where it is none.</summary>
    public static LeaseHolder? Parse(string? text)
    {
        var parts = text?.Split('|', 5);
        return parts is [var boot, var pid, var start, var token, var host]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var startTime)
            ? new LeaseHolder(boot, processId, startTime, token, host)
            : null;
    }

    private static string ReadBootId()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.MachineName;
        }

        var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty;
        return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() + space;
    }

    /// <summary>The start time of a process, or null where there is no such process (a zombie has ended, too).</summary>
    private static long? ReadStartTime(int processId) =>
        OperatingSystem.IsLinux() ? ReadProcStat(processId) : ReadProcess(processId);

    private static long? ReadProcStat(int processId)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));

            // The command name may hold blanks and parentheses: the fields count from after its closing one.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long? ReadProcess(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
