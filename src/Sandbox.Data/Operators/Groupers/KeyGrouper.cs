using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Groupers;

/// <summary>Groups rows by the values of some keys; without keys all rows are one group. Values are the same when their text
/// is: 1, 1.0 and "1" are three. A path that leads nowhere is null.</summary>
internal sealed class KeyGrouper(IReadOnlyList<string> keys) : IGrouper
{
    public IGrouping Begin() => new Grouping(keys);

    private sealed class Grouping(IReadOnlyList<string> keys) : IGrouping
    {
        private readonly Dictionary<string, List<int>> _groups = new(StringComparer.Ordinal);
        private readonly List<List<int>> _inOrder = [];
        private int _count;

        public void Add(Row row)
        {
            var key = string.Join('\n', keys.Select(path => Text(Walk(row, path))));
            if (!_groups.TryGetValue(key, out var group))
            {
                _groups[key] = group = [];
                _inOrder.Add(group);
            }

            group.Add(_count++);
        }

        public IReadOnlyList<IReadOnlyList<int>> Groups() => _inOrder;
    }

    // A number in a path is a place in a list.
    private static JsonNode? Walk(Row row, string path)
    {
        var parts = path.Split('.');
        var value = row.TryWalk(parts[0], out var first) ? first : null;
        foreach (var part in parts.Skip(1))
        {
            value = value switch
            {
                JsonObject map => map[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count => list[at],
                _ => null,
            };
        }

        return value;
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray list => $"[{string.Join(',', list.Select(Text))}]",
        JsonObject map => Text(map),
        _ when value.GetValueKind() == JsonValueKind.Number => Number(value.ToJsonString()),
        _ => value.ToJsonString(),
    };

    private static string Text(JsonObject map)
    {
        var text = new StringBuilder("{");
        foreach (var (key, value) in map)
        {
            text.Append(JsonValue.Create(key).ToJsonString()).Append(':').Append(Text(value)).Append(',');
        }

        return text.Append('}').ToString();
    }

    private static string Number(string text) =>
        text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? text : PythonNumber.Repr(double.Parse(text, CultureInfo.InvariantCulture));
}
