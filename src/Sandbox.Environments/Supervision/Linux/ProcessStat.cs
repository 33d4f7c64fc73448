using System.Globalization;

namespace Sandbox.Environments.Supervision.Linux;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="ParentPid">Its parent.</param>
/// <param name="HasEnded">Whether it has ended and only waits to be reaped.</param>
/// <param name="StartTime">Clock ticks from boot to its start; with the process id this names one process of a boot.</param>
/// <param name="ResidentPages">Pages that it has in memory.</param>
internal sealed record ProcessStat(int Pid, int ParentPid, bool HasEnded, long StartTime, long ResidentPages)
{
    /// <summary>Reads it; null where there is no such process.</summary>
    public static ProcessStat? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));

            // The command name may hold blanks and parentheses: the fields count from after its closing one.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessStat(pid, (int)Number(fields[1]), fields[0] is "Z" or "X", Number(fields[19]), Number(fields[21]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All processes that can be seen.</summary>
    public static IEnumerable<ProcessStat> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? Read(pid) : null)
            .OfType<ProcessStat>();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
