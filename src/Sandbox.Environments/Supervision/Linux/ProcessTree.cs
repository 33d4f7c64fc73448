namespace Sandbox.Environments.Supervision.Linux;

/// <summary>What a supervisor's program has started, however it hid: a subreaper's descendants stay its descendants.</summary>
internal static class ProcessTree
{
    /// <summary>The living descendants of a process, parents before children.</summary>
    public static List<ProcessStat> Below(int root)
    {
        var children = ProcessStat.All().Where(p => !p.HasEnded).ToLookup(p => p.ParentPid);
        var found = new List<ProcessStat>();
        var open = new Queue<int>([root]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                open.Enqueue(child.Pid);
            }
        }

        return found;
    }

    /// <summary>The living processes whose environment holds a token: what is left of a tree whose supervisor is gone.</summary>
    public static List<ProcessStat> WithToken(string variable, string token)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes($"{variable}={token}\0");
        return [.. ProcessStat.All().Where(p => !p.HasEnded && p.Pid != Environment.ProcessId && Holds(p.Pid, wanted))];
    }

    /// <summary>Sends a signal to each; what has ended meanwhile is passed over.</summary>
    public static void Signal(IEnumerable<ProcessStat> processes, int signal)
    {
        foreach (var process in processes)
        {
            // A process id may have passed to a stranger since the look.
            if (ProcessStat.Read(process.Pid)?.StartTime == process.StartTime)
            {
                _ = LibC.Kill(process.Pid, signal);
            }
        }
    }

    private static bool Holds(int pid, ReadOnlySpan<byte> wanted)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{pid}/environ").AsSpan();
            var at = environment.IndexOf(wanted);
            return at == 0 || (at > 0 && environment[at - 1] == 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
