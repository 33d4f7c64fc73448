using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Numbers in JSON nodes, whether they were parsed or made in memory.</summary>
internal static class JsonNumbers
{
    /// <summary>The number as a double, or null where it is not finite.</summary>
    public static double? Double(JsonValue value) =>
        double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
}
