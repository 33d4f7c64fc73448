using System.Data.Common;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>How values stand in columns: times as UTC ticks, durations as ticks, JSON as text, enums by name.</summary>
internal static class Columns
{
    public static object? Ticks(DateTimeOffset? time) => time?.UtcTicks;

    public static object? Json(JsonNode? node) => node?.ToJsonString();

    /// <summary>An empty object takes no room.</summary>
    public static object? JsonOrNull(JsonObject? node) => node is null or { Count: 0 } ? null : node.ToJsonString();

    public static object Flag(bool value) => value ? 1L : 0L;

    public static string? Text(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static DateTimeOffset Time(this DbDataReader row, int i) => new(row.GetInt64(i), TimeSpan.Zero);

    public static DateTimeOffset? MaybeTime(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Time(i);

    public static TimeSpan? MaybeSpan(this DbDataReader row, int i) =>
        row.IsDBNull(i) ? null : TimeSpan.FromTicks(row.GetInt64(i));

    public static bool Flag(this DbDataReader row, int i) => row.GetInt64(i) != 0;

    public static JsonObject Map(this DbDataReader row, int i) =>
        row.IsDBNull(i) ? [] : JsonNode.Parse(row.GetString(i))!.AsObject();

    public static JsonNode? Node(this DbDataReader row, int i) =>
        row.IsDBNull(i) ? null : JsonNode.Parse(row.GetString(i));

    public static T Name<T>(this DbDataReader row, int i)
        where T : struct, Enum => Enum.Parse<T>(row.GetString(i));
}
