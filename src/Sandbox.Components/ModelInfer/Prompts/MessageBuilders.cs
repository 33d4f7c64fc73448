using System.Text.Json.Nodes;
using Sandbox.Components.Python;
using Sandbox.Core.Faults;

namespace Sandbox.Components.ModelInfer.Prompts;

/// <summary>Upstream's helper functions that make the messages for a model out of a row.</summary>
internal static class MessageBuilders
{
    public const string Plain = "build_messages";
    public const string MathQa = "build_messages_for_math_qa";

    /// <summary>Names of the functions.</summary>
    public static IReadOnlyList<string> Names { get; } = [Plain, MathQa];

    /// <summary>Builds the messages.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="row">The row.</param>
    /// <param name="arguments">Upstream's <c>func_kwargs</c>: which fields hold what.</param>
    /// <exception cref="JobFailedException">A field that is needed is missing.</exception>
    public static JsonArray Build(string name, JsonObject row, JsonObject arguments)
    {
        var query = Needed(row, Key(arguments, "query_key", "query"));
        if (name == MathQa)
        {
            var response = Needed(row, Key(arguments, "response_key", "response"));
            query = $"Question: {PythonText.Str(query)}\nAnswer: {PythonText.Str(response)}";
        }

        var messages = new JsonArray();
        if (row[Key(arguments, "system_key", "system")] is { } system && PythonText.Str(system).Length > 0)
        {
            messages.Add(Message("system", system));
        }

        messages.Add(Message("user", query));
        return messages;
    }

    private static JsonObject Message(string role, JsonNode? content) => new() { ["role"] = role, ["content"] = content?.DeepClone() };

    private static string Key(JsonObject arguments, string argument, string standard) =>
        arguments[argument] is JsonValue value && value.TryGetValue(out string? key) ? key : standard;

    private static JsonNode? Needed(JsonObject row, string key) => row.TryGetPropertyValue(key, out var value)
        ? value
        : throw new JobFailedException($"the row has no field \"{key}\": it has {string.Join(", ", row.Select(f => f.Key))}. Set its key in func_kwargs.");
}
