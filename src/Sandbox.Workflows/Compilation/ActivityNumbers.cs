using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Compilation;

/// <summary>Reads whole numbers from inputs and variables, whatever number type they arrived as.</summary>
internal static class ActivityNumbers
{
    /// <summary>The number, or the default where the value is none.</summary>
    public static int Whole(this JsonNode? node, int otherwise) =>
        node?.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && int.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
