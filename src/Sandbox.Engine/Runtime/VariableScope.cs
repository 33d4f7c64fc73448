using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Runtime;

/// <summary>Variables: each lives on the execution of the workflow or container that declares it, under its id. The
/// nearest scope wins.</summary>
internal static class VariableScope
{
    /// <summary>The property of an execution that holds its variables, as in Elsa's state.</summary>
    public const string Property = "Variables";

    /// <summary>Gives the variables that an execution's activity declares their initial values.</summary>
    /// <exception cref="FormatException">An initial value does not fit its type.</exception>
    public static void Declare(ActivityExecution execution)
    {
        if (execution.Node.Definition.Variables is not { Count: > 0 } variables)
        {
            return;
        }

        var values = new JsonObject();
        foreach (var variable in variables)
        {
            values[variable.Id] = InputValues.Convert(variable.Value, variable.IsArray ? "Object" : variable.TypeName);
        }

        execution.Properties[Property] = values;
    }

    /// <summary>Finds a variable by id; variables of a loop's round go by their names.</summary>
    public static bool TryGet(ActivityExecution execution, string id, out JsonNode? value)
    {
        for (var scope = execution; scope is not null; scope = scope.Parent)
        {
            if (scope.DynamicVariables?.TryGetPropertyValue(id, out value) == true
                || Values(scope)?.TryGetPropertyValue(id, out value) == true)
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Sets a variable by id and gives the execution that holds it; null where none is in scope.</summary>
    public static ActivityExecution? Set(ActivityExecution execution, string id, JsonNode? value)
    {
        for (var scope = execution; scope is not null; scope = scope.Parent)
        {
            if (Declaration(scope, id) is { } variable && Values(scope) is { } values)
            {
                values[id] = InputValues.Convert(value, variable.IsArray ? "Object" : variable.TypeName);
                return scope;
            }
        }

        return null;
    }

    /// <summary>All variables in scope, by name.</summary>
    public static JsonObject All(ActivityExecution execution)
    {
        var all = new JsonObject();
        for (var scope = execution; scope is not null; scope = scope.Parent)
        {
            foreach (var (name, value) in scope.DynamicVariables ?? [])
            {
                all.TryAdd(name, value?.DeepClone());
            }

            foreach (var variable in scope.Node.Definition.Variables ?? [])
            {
                all.TryAdd(variable.Name, Values(scope)?[variable.Id]?.DeepClone());
            }
        }

        return all;
    }

    private static JsonObject? Values(ActivityExecution scope) => scope.Properties[Property] as JsonObject;

    private static Variable? Declaration(ActivityExecution scope, string id) =>
        scope.Node.Definition.Variables?.FirstOrDefault(variable => variable.Id == id);
}
