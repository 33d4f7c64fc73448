using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;

namespace Sandbox.Engine.Runtime;

/// <content>Inputs, outputs and variables.</content>
internal sealed partial class WorkflowExecution
{
    public JsonNode? EvaluateInput(ActivityExecution execution, string name) => InputEvaluator.Evaluate(this, execution, name);

    /// <summary>Keeps an output with the execution, and hands it to what it is bound to: a variable in scope, else the
    /// workflow output of that name.</summary>
    public void SetOutput(ActivityExecution execution, string name, JsonNode? value)
    {
        execution.Outputs ??= [];
        execution.Outputs[ActivityNames.Pascal(name)] = value?.DeepClone();
        Touch(execution);
        foreach (var (given, binding) in execution.Node.Definition.Outputs)
        {
            if (given.Equals(name, StringComparison.OrdinalIgnoreCase)
                && VariableScope.Set(execution, binding.MemoryReferenceId, value) is var scope)
            {
                Bound(binding.MemoryReferenceId, scope, value);
            }
        }
    }

    public void SetVariable(ActivityExecution execution, string id, JsonNode? value) =>
        Touch(VariableScope.Set(execution, id, value)
            ?? throw new ActivityFault($"Activity {execution.Node.Id}: no variable with the id {id} is in scope."));

    private void Bound(string reference, ActivityExecution? scope, JsonNode? value)
    {
        if (scope is not null)
        {
            Touch(scope);
        }
        else if (Graph.Definition.Outputs.Any(output => output.Name == reference))
        {
            Instance.Output[reference] = value?.DeepClone();
        }
    }
}
