using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions.Validation;

namespace Sandbox.Engine.Definitions;

/// <summary>Finds what Elsa drops, mends or ends without a word when it loads or runs a definition: here it is said before
/// the definition is published.</summary>
/// <param name="registry">The activity types that exist.</param>
/// <param name="rules">What the host's own activities ask beyond that.</param>
public sealed class DefinitionValidator(ActivityRegistry registry, IEnumerable<IDefinitionRule>? rules = null)
{
    /// <summary>All findings, in the order of the definition.</summary>
    public IReadOnlyList<DefinitionFault> Validate(WorkflowDefinition definition)
    {
        var findings = new Findings();
        OptionRules.Check(definition, findings);
        VariableRules.Check(null, "The workflow", definition.Variables, findings);
        new ActivityRules(registry, definition, findings).Check();
        return findings.All.Any(f => f.Severity == DefinitionSeverity.Error)
            ? findings.All
            : [.. findings.All, .. (rules ?? []).SelectMany(rule => rule.Check(definition))];
    }
}

/// <summary>What a host asks of a definition before it is published, beyond the rules of the engine.</summary>
public interface IDefinitionRule
{
    /// <summary>All findings in a definition in which the engine's own rules find no error.</summary>
    IEnumerable<DefinitionFault> Check(WorkflowDefinition definition);
}
