using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Checking;

namespace Sandbox.Cli.Display;

/// <summary>Prints what a check found, one finding a line.</summary>
internal static class FaultDisplay
{
    /// <summary>Prints faults and warnings, and a last line that says how it stands.</summary>
    public static void Show(CheckedConfig check, CliConsole console, bool json)
    {
        ShowFaults(check.Faults, console, json);
        if (json)
        {
            return;
        }

        if (check.IsValid)
        {
            var jobs = check.Config!.Pipelines.Sum(p => p.Jobs.Count);
            console.Output.WriteLine(FormattableString.Invariant(
                $"{check.Config.Path} is valid: {check.Config.Pipelines.Count} pipeline(s), {jobs} job(s)."));
        }
    }

    /// <summary>Prints findings to standard error, or as JSON to standard output.</summary>
    public static void ShowFaults(IEnumerable<Fault> faults, CliConsole console, bool json)
    {
        foreach (var fault in faults)
        {
            if (json)
            {
                console.Json(new
                {
                    kind = fault.Severity == FaultSeverity.Warning ? "warning" : "fault",
                    file = fault.Location?.File,
                    line = fault.Location?.Line,
                    column = fault.Location?.Column,
                    message = fault.Message,
                });
            }
            else
            {
                console.Error.WriteLine(fault.ToString());
            }
        }
    }
}
