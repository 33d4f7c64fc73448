using System.Globalization;

namespace Sandbox.Environments.Supervision;

/// <summary>Says in words how a process ended.</summary>
public static class ExitExplanation
{
    private static readonly Dictionary<int, (string Name, string Meaning)> Signals = new()
    {
        [1] = ("HUP", "its terminal went away"),
        [2] = ("INT", "somebody interrupted it"),
        [3] = ("QUIT", "somebody made it quit"),
        [4] = ("ILL", "it is built for another processor"),
        [6] = ("ABRT", "it gave up on an error of its own; its last lines say which"),
        [7] = ("BUS", "bad memory access, or shared memory (/dev/shm) ran out"),
        [8] = ("FPE", "a division by zero or the like"),
        [9] = ("KILL", "probably out of memory"),
        [11] = ("SEGV", "a bad memory access, often a library that does not fit"),
        [13] = ("PIPE", "whoever read its output went away"),
        [14] = ("ALRM", "a timer of its own"),
        [15] = ("TERM", "somebody told it to end"),
        [24] = ("XCPU", "the limit of processor time"),
        [25] = ("XFSZ", "the limit of file size"),
        [31] = ("SYS", "a system call that is not allowed here"),
    };

    /// <summary>One sentence without a full stop, as in <c>killed by signal 9 (KILL), probably out of memory</c>.</summary>
    /// <param name="exit">How it ended.</param>
    /// <param name="limits">The limits that it ran under.</param>
    public static string Of(ProcessExit exit, ProcessLimits limits) => exit.Reason switch
    {
        ExitReason.Cancelled => "ended because it was cancelled",
        ExitReason.TimedOut => $"ended because it ran longer than its timeout of {limits.Timeout}",
        ExitReason.Silent => $"ended because it printed nothing for {limits.Silence} (limits.silence)",
        ExitReason.OutOfMemory => $"ended because it had more memory than its limit of {Megabytes(limits.MemoryBytes)} (limits.memory)",
        ExitReason.SupervisorEnded => "ended because its supervisor was told to end: the machine shut down, or a service manager ended it",
        ExitReason.NotStarted => $"could not be started: {exit.Message}",
        ExitReason.Lost => "lost: its supervisor vanished, as in a reboot or when a container was replaced, and how it ended is not known",
        _ when exit.Signal is { } signal => OfSignal(signal, "killed by"),
        _ => OfCode(exit.ExitCode ?? 0),
    };

    private static string OfCode(int code) => code switch
    {
        0 => "ended with exit code 0",
        126 => "ended with exit code 126: a command could not be executed",
        127 => "ended with exit code 127: a command was not found",

        // A shell passes on what ended its command.
        > 128 and < 160 when Signals.ContainsKey(code - 128) =>
            string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}: {OfSignal(code - 128, "a command in it was killed by")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"),
    };

    private static string OfSignal(int signal, string killedBy) => Signals.TryGetValue(signal, out var known)
        ? string.Create(CultureInfo.InvariantCulture, $"{killedBy} signal {signal} ({known.Name}), {known.Meaning}")
        : string.Create(CultureInfo.InvariantCulture, $"{killedBy} signal {signal}");

    private static string Megabytes(long? bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes ?? 0) / 1e6:0.#} MB");
}
