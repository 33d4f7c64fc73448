using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Definitions;

/// <summary>Gives a definition of the sandbox profile back as the YAML that compiles to it.</summary>
public static class SandboxYaml
{
    /// <summary>The YAML.</summary>
    /// <exception cref="FaultException">The definition is outside the profile; every activity without a YAML is named.</exception>
    public static string Export(WorkflowDefinition definition) => throw new FaultException($"{definition.Name} cannot be exported yet.");
}
