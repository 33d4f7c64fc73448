using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;

namespace Sandbox.Engine.Runtime;

/// <content>Inputs, outputs and variables.</content>
internal sealed partial class WorkflowExecution
{
    /// <summary>The property of the root's execution that says what started the workflow.</summary>
    private const string Trigger = "Trigger";

    /// <summary>The activity that a stimulus started the workflow with, or null.</summary>
    public string? TriggerActivityId => (Root.Properties[Trigger] as JsonObject)?["activityId"]?.GetValue<string>();

    private ActivityExecution Root => Executions.Values.First(e => e.Parent is null && e.IsActive);

    /// <summary>Whether an execution is what the workflow was started with; only its first one is.</summary>
    public bool TakeTrigger(ActivityExecution execution, out JsonNode? input)
    {
        input = null;
        if (Root.Properties[Trigger] is not JsonObject trigger || trigger["activityId"]?.GetValue<string>() != execution.Node.Id || trigger["taken"] is not null)
        {
            return false;
        }

        (input, trigger["taken"]) = (trigger["input"]?.DeepClone(), true);
        Touch(Root);
        return true;
    }

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
