using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Definitions;

/// <summary>The engine's findings in a definition as faults of a file.</summary>
internal static class DefinitionFaults
{
    /// <summary>All errors, each with the file and the activity.</summary>
    public static FaultException In(string path, DefinitionInvalidException invalid) => new([.. invalid.Faults
        .Where(f => f.Severity == DefinitionSeverity.Error)
        .Select(f => new Fault(new SourceLocation(path, 0, 0), Named(f)))]);

    private static string Named(DefinitionFault fault) =>
        fault.ActivityId is null || fault.Message.Contains(fault.ActivityId, StringComparison.Ordinal)
            ? fault.Message
            : $"activity {fault.ActivityId}: {fault.Message}";
}
