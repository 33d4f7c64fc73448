using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Runtime;

/// <summary>Evaluates inputs: Literal, Object, Variable and Input expressions.</summary>
internal static class InputEvaluator
{
    /// <summary>All inputs of an execution, under their camel-case names: what the definition gives, else the default.</summary>
    /// <exception cref="ActivityFault">One cannot be evaluated.</exception>
    public static JsonObject EvaluateAll(WorkflowExecution workflow, ActivityExecution execution)
    {
        var inputs = new JsonObject();
        foreach (var (name, binding) in execution.Node.Definition.Inputs)
        {
            inputs[ActivityNames.Camel(name)] = Evaluate(workflow, execution, name, binding);
        }

        foreach (var input in execution.Node.Descriptor?.Inputs ?? [])
        {
            inputs.TryAdd(ActivityNames.Camel(input.Name), input.DefaultValue?.DeepClone());
        }

        return inputs;
    }

    /// <summary>One input, by its name in any casing.</summary>
    public static JsonNode? Evaluate(WorkflowExecution workflow, ActivityExecution execution, string name)
    {
        foreach (var (given, binding) in execution.Node.Definition.Inputs)
        {
            if (given.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Evaluate(workflow, execution, given, binding);
            }
        }

        return Descriptor(execution, name)?.DefaultValue?.DeepClone();
    }

    private static JsonNode? Evaluate(
        WorkflowExecution workflow, ActivityExecution execution, string name, InputBinding binding)
    {
        var value = binding.ExpressionType switch
        {
            ExpressionTypes.Variable => Variable(execution, name, binding.Value),
            ExpressionTypes.Input => workflow.Instance.Input[Reference(binding.Value, "name") ?? string.Empty],
            ExpressionTypes.Object or ExpressionTypes.Json => Json(binding.Value),
            _ => binding.Value,
        };
        try
        {
            return InputValues.Convert(value, Descriptor(execution, name)?.TypeName ?? binding.TypeName);
        }
        catch (FormatException exception)
        {
            throw new ActivityFault($"Input {name} of activity {execution.Node.Id}: {exception.Message}.");
        }
    }

    private static JsonNode? Variable(ActivityExecution execution, string name, JsonNode? reference)
    {
        if (Reference(reference, "id") is not { } id)
        {
            return null;
        }

        return VariableScope.TryGet(execution, id, out var value)
            ? value
            : throw new ActivityFault($"Input {name} of activity {execution.Node.Id}: no variable with the id {id} is in scope.");
    }

    /// <summary>What a Variable or Input expression refers to: an object, such an object as text (as Studio writes it), or the bare name.</summary>
    private static string? Reference(JsonNode? value, string member)
    {
        var node = value is JsonValue text && text.GetValueKind() == JsonValueKind.String
            ? InputValues.Parse(text.GetValue<string>())
            : value;
        return node is JsonObject map ? InputValues.Text(map[member]) : InputValues.Text(value);
    }

    private static JsonNode? Json(JsonNode? value) =>
        value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? InputValues.Parse(text.GetValue<string>()) : value;

    private static InputDescriptor? Descriptor(ActivityExecution execution, string name) =>
        execution.Node.Descriptor?.Inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
