using Sandbox.Engine.Activities;

namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Inputs and outputs of an activity.</summary>
internal sealed class BindingRules(WorkflowDefinition definition, Findings findings)
{
    private readonly HashSet<string> _workflowInputs = new(definition.Inputs.Select(i => i.Name), StringComparer.Ordinal);
    private readonly HashSet<string> _workflowOutputs = new(definition.Outputs.Select(o => o.Name), StringComparer.Ordinal);

    public void Check(ActivityNode activity, ActivityDescriptor descriptor, Scope scope)
    {
        var inputs = descriptor.Inputs.Select(input => Json.JsonText.Camel(input.Name)).ToList();
        foreach (var (name, input) in activity.Inputs.Where(input => !input.Value.IsBare))
        {
            CheckInput(activity, name, input, scope);
            WarnUnknown(activity, "input", name, inputs);
        }

        var outputs = descriptor.Outputs.Select(output => Json.JsonText.Camel(output.Name)).ToList();
        foreach (var (name, output) in activity.Outputs)
        {
            CheckOutput(activity, name, output, scope);
            WarnUnknown(activity, "output", name, outputs);
        }

        foreach (var required in descriptor.Inputs.Where(input => input.IsRequired && IsMissing(activity, input.Name)))
        {
            findings.Error(activity, $"the input \"{Json.JsonText.Camel(required.Name)}\" must be given.");
        }
    }

    private void CheckInput(ActivityNode activity, string name, InputBinding input, Scope scope)
    {
        if (string.IsNullOrWhiteSpace(input.TypeName))
        {
            findings.Error(activity, $"the input \"{name}\" has no typeName; Elsa takes such an input as empty.");
        }

        if (input.ExpressionType is null)
        {
            if (input.Value is not null)
            {
                findings.Error(activity, $"the expression of the input \"{name}\" has no type.");
            }
        }
        else if (!ExpressionTypes.All.Contains(input.ExpressionType))
        {
            findings.Error(
                activity,
                $"the input \"{name}\" has an expression of type \"{input.ExpressionType}\"; there are "
                + $"{string.Join(", ", ExpressionTypes.All)}.{Nearest.Hint(input.ExpressionType, [.. ExpressionTypes.All])}");
        }
        else
        {
            CheckReference(activity, name, input, scope);
        }
    }

    private void CheckReference(ActivityNode activity, string name, InputBinding input, Scope scope)
    {
        if (input.ExpressionType == ExpressionTypes.Variable)
        {
            var id = ExpressionValues.VariableId(input.Value);
            if (id is null)
            {
                findings.Error(activity, $"the input \"{name}\" does not say which variable it means.");
            }
            else if (scope.Find(id) is null)
            {
                findings.Error(activity, $"the input \"{name}\" means the variable \"{id}\", which does not exist here.{Nearest.Hint(id, scope.Ids())}");
            }
        }
        else if (input.ExpressionType == ExpressionTypes.Input)
        {
            var workflowInput = ExpressionValues.Text(input.Value);
            if (workflowInput is null || !_workflowInputs.Contains(workflowInput))
            {
                findings.Error(
                    activity,
                    $"the input \"{name}\" means the workflow input \"{workflowInput}\", which does not exist."
                    + Nearest.Hint(workflowInput ?? string.Empty, _workflowInputs));
            }
        }
        else
        {
            CheckValue(activity, name, input);
        }
    }

    private void CheckValue(ActivityNode activity, string name, InputBinding input)
    {
        if (LiteralValues.Problem(input.Value, input.ExpressionType is ExpressionTypes.Object or ExpressionTypes.Json ? "Object" : input.TypeName) is { } problem)
        {
            findings.Error(activity, $"the input \"{name}\" is of type {input.TypeName}: {problem}.");
        }
    }

    private void CheckOutput(ActivityNode activity, string name, OutputBinding output, Scope scope)
    {
        var id = output.MemoryReferenceId;
        // Elsa gives outputs that are bound to nothing a place of their own, named after the activity.
        if (scope.Find(id) is null && !_workflowOutputs.Contains(id) && !id.StartsWith($"{activity.Id}:", StringComparison.Ordinal))
        {
            findings.Error(
                activity,
                $"the output \"{name}\" goes to \"{id}\", which is neither a variable here nor a workflow output."
                + Nearest.Hint(id, [.. scope.Ids(), .. _workflowOutputs]));
        }
    }

    private void WarnUnknown(ActivityNode activity, string kind, string name, List<string> known)
    {
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            findings.Warning(activity, $"it has no {kind} \"{name}\"; it is ignored.{Nearest.Hint(name, known)}");
        }
    }

    private static bool IsMissing(ActivityNode activity, string input) =>
        !activity.Inputs.TryGetValue(Json.JsonText.Camel(input), out var given)
        || given.Value is null
        || (given.ExpressionType == ExpressionTypes.Literal && ExpressionValues.Text(given.Value) is { } text && string.IsNullOrWhiteSpace(text));
}
