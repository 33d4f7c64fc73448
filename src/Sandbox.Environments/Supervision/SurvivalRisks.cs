namespace Sandbox.Environments.Supervision;

/// <summary>What could end supervisors together with the process that starts them.</summary>
public static class SurvivalRisks
{
    /// <summary>Looks at the control group of this process.</summary>
    /// <returns>Each risk with what to do about it; none where supervisors outlive this process.</returns>
    public static IReadOnlyList<string> Find()
    {
        if (!ProcessSupervision.IsSupported)
        {
            return ["Processes do not outlive the sandbox on this system: they are attached to it and end with it. Linux has supervisors."];
        }

        return File.Exists("/proc/self/cgroup") ? Of(File.ReadAllLines("/proc/self/cgroup")) : [];
    }

    /// <summary>Reads the lines of <c>/proc/self/cgroup</c>: hierarchy, controllers and path, parted by colons.</summary>
    internal static IReadOnlyList<string> Of(IEnumerable<string> lines)
    {
        var units = lines.Select(l => l.Split(':', 3)).Where(p => p.Length == 3).SelectMany(p => p[2].Split('/')).ToList();
        var risks = new List<string>();
        if (units.Find(u => u.StartsWith("session-", StringComparison.Ordinal) && u.EndsWith(".scope", StringComparison.Ordinal)) is { } session)
        {
            risks.Add($"This is the login session {session}: where logind has KillUserProcesses=yes, logging out ends supervised processes. "
                + "Set it to no, or run \"loginctl enable-linger\" and start the sandbox by \"systemd-run --user --scope\".");
        }

        if (units.FindLast(u => u.EndsWith(".service", StringComparison.Ordinal) && !u.StartsWith("user@", StringComparison.Ordinal)) is { } service)
        {
            risks.Add($"This is the service {service}: stopping it ends supervised processes unless its unit says KillMode=process "
                + "(see deploy/sandbox-server.service).");
        }

        return risks;
    }
}
