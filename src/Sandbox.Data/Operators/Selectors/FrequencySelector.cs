using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Operators.Filters;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Takes the rows with the most or least frequent values of a field, value by value.</summary>
internal sealed class FrequencySelector(TopkOptions options) : ISelector
{
    public ISelection Begin(Func<string> newScratchFile) => new Selection(options);

    private sealed class Selection(TopkOptions options) : ISelection
    {
        private readonly Dictionary<string, List<int>> _groups = new(StringComparer.Ordinal);
        private readonly List<List<int>> _inOrder = [];
        private int _count;

        public void Add(Row row)
        {
            if (options.FieldKey.Length > 0)
            {
                var key = KeyOf(FieldNumbers.Value(row, options.FieldKey));
                if (!_groups.TryGetValue(key, out var group))
                {
                    _groups[key] = group = [];
                    _inOrder.Add(group);
                }

                group.Add(_count);
            }

            _count++;
        }

        public IReadOnlyList<int>? Choose()
        {
            if (_count <= 1 || options.FieldKey.Length == 0 || options.Taken(_inOrder.Count) is not { } taken)
            {
                return null;
            }

            var sign = options.Reverse ? -1 : 1;
            var groups = Ordering.First(_inOrder.Count, (a, b) => sign * _inOrder[a].Count.CompareTo(_inOrder[b].Count), taken);
            return [.. groups.SelectMany(i => _inOrder[i])];
        }

        // 1, 1.0 and true are one value, as in a Python dictionary.
        private string KeyOf(JsonNode? value)
        {
            if (PythonValue.Number(value) is { } number)
            {
                return "n" + PythonNumber.Repr(number);
            }

            return value is null ? "null" : value.GetValueKind() == JsonValueKind.String
                ? "s" + value.GetValue<string>()
                : throw new OperatorException($"its field \"{options.FieldKey}\" holds neither text nor a number nor null");
        }
    }
}
