using System.Text.Json;

namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Options whose value Elsa cannot load.</summary>
internal static class OptionRules
{
    private static readonly string[] IncidentStrategies = ["FaultStrategy", "ContinueWithIncidentsStrategy"];

    private static readonly string[] ActivationStrategies =
        ["AllowAlwaysStrategy", "SingletonStrategy", "CorrelatedSingletonStrategy", "CorrelationStrategy"];

    public static void Check(WorkflowDefinition definition, Findings findings)
    {
        var activation = Text(definition, OptionNames.ActivationStrategyType, findings);
        if (activation is not null && activation.AsSpan().ContainsAny(".,:"))
        {
            findings.Error(
                null,
                $"The option {OptionNames.ActivationStrategyType} holds the CLR type name \"{activation}\", with which Elsa cannot load "
                + "the definition. Leave the option out.");
        }
        else
        {
            Among(activation, ActivationStrategies, OptionNames.ActivationStrategyType, findings);
        }

        Among(Text(definition, OptionNames.IncidentStrategyType, findings), IncidentStrategies, OptionNames.IncidentStrategyType, findings);
    }

    private static void Among(string? value, string[] known, string option, Findings findings)
    {
        if (value is not null && !known.Contains(value, StringComparer.Ordinal))
        {
            findings.Error(
                null,
                $"The option {option} is \"{value}\"; it must be one of {string.Join(", ", known)}, or left out.{Nearest.Hint(value, known)}");
        }
    }

    private static string? Text(WorkflowDefinition definition, string option, Findings findings)
    {
        var node = definition.Options[option];
        if (node is null)
        {
            return null;
        }

        if (node.GetValueKind() == JsonValueKind.String)
        {
            return node.GetValue<string>() is { Length: > 0 } text ? text : null;
        }

        findings.Error(null, $"The option {option} must be text.");
        return null;
    }
}
