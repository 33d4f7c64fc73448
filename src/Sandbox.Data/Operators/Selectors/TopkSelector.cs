using System.Text.Json;
using Sandbox.Data.Operators.Filters;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Takes the rows with the largest or smallest values of a field, in that order; ties as they came. A key of one
/// level is used as it is, text in the order of text; a longer one is read as a number.</summary>
internal sealed class TopkSelector(TopkOptions options) : ISelector
{
    public ISelection Begin(Func<string> newScratchFile) => new Selection(options);

    private sealed class Selection(TopkOptions options) : ISelection
    {
        private readonly bool _isNested = options.FieldKey.Contains('.', StringComparison.Ordinal);
        private readonly List<double> _numbers = [];
        private readonly List<string> _texts = [];
        private int _count;

        public void Add(Row row)
        {
            _count++;
            if (options.FieldKey.Length == 0)
            {
                return;
            }

            var value = FieldNumbers.Value(row, options.FieldKey);
            if (_isNested)
            {
                _numbers.Add(FieldNumbers.Of(value, options.Reverse ? -long.MaxValue : long.MaxValue));
            }
            else if (PythonValue.Number(value) is { } number)
            {
                _numbers.Add(number);
            }
            else if (value?.GetValueKind() == JsonValueKind.String)
            {
                _texts.Add(value.GetValue<string>());
            }
            else
            {
                throw new OperatorException($"its field \"{options.FieldKey}\" is {value?.ToJsonString() ?? "null"}, which has no place in an order");
            }

            if (_numbers.Count > 0 && _texts.Count > 0)
            {
                throw new OperatorException($"its field \"{options.FieldKey}\" is {value?.ToJsonString()}, but numbers and text have no common order");
            }
        }

        public IReadOnlyList<int>? Choose()
        {
            if (_count <= 1 || options.FieldKey.Length == 0 || options.Taken(_count) is not { } taken)
            {
                return null;
            }

            Comparison<int> byValue = _texts.Count > 0
                ? (a, b) => PythonText.CompareCodePoints(_texts[a], _texts[b])
                : (a, b) => _numbers[a].CompareTo(_numbers[b]);
            return Ordering.First(_count, options.Reverse ? (a, b) => byValue(b, a) : byValue, taken);
        }
    }
}

/// <summary>Stable ordering of indices.</summary>
internal static class Ordering
{
    /// <summary>The first indices in an order; of equal ones the earlier first.</summary>
    public static IReadOnlyList<int> First(int count, Comparison<int> compare, long taken)
    {
        var indices = Enumerable.Range(0, count).ToArray();
        Array.Sort(indices, (a, b) => compare(a, b) is var order && order != 0 ? order : a.CompareTo(b));
        return taken < count ? indices[..(int)taken] : indices;
    }
}
