using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions.Validation;

namespace Sandbox.Engine.Definitions;

/// <summary>Finds what Elsa drops, mends or ends without a word when it loads or runs a definition: here it is said before
/// the definition is published.</summary>
/// <param name="registry">The activity types that exist.</param>
public sealed class DefinitionValidator(ActivityRegistry registry)
{
    /// <summary>All findings, in the order of the definition.</summary>
    public IReadOnlyList<DefinitionFault> Validate(WorkflowDefinition definition)
    {
        var findings = new Findings();
        OptionRules.Check(definition, findings);
        VariableRules.Check(null, "The workflow", definition.Variables, findings);
        new ActivityRules(registry, definition, findings).Check();
        return findings.All;
    }
}
