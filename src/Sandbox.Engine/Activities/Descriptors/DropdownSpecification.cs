using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>What Studio needs to show an input as a list to choose from.</summary>
internal static class DropdownSpecification
{
    /// <summary>A list of these values.</summary>
    public static JsonObject Of(IEnumerable<string> values) => new()
    {
        ["dropdown"] = new JsonObject
        {
            ["selectList"] = new JsonObject
            {
                ["items"] = new JsonArray([.. values.Select(value => new JsonObject { ["text"] = value, ["value"] = value })]),
                ["isFlagsEnum"] = false,
            },
        },
    };
}
