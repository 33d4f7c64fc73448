using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Takes the rows whose rank by a field lies above the lower and up to the upper bound, largest first. What is no
/// number has the lowest rank.</summary>
internal sealed class FieldRangeSelector(FieldRangeOptions options) : ISelector
{
    public ISelection Begin(Func<string> newScratchFile) => new Selection(options);

    private sealed class Selection(FieldRangeOptions options) : ISelection
    {
        private readonly List<double> _numbers = [];

        public void Add(Row row) => _numbers.Add(
            options.FieldKey.Length == 0 ? 0 : FieldNumbers.Of(FieldNumbers.Value(row, options.FieldKey), -long.MaxValue));

        public IReadOnlyList<int>? Choose()
        {
            var count = _numbers.Count;
            var isOpen = (options.LowerPercentile is null && options.LowerRank is null) || (options.UpperPercentile is null && options.UpperRank is null);
            if (count <= 1 || options.FieldKey.Length == 0 || isOpen)
            {
                return null;
            }

            var lower = Math.Max((long)((options.LowerPercentile ?? 0) * count), options.LowerRank ?? 0);
            var upper = options.UpperPercentile is { } share ? (long)(share * count) : count;
            upper = Math.Max(lower, Math.Min(upper, options.UpperRank ?? long.MaxValue));
            var smallest = Ordering.First(count, (a, b) => _numbers[a].CompareTo(_numbers[b]), upper);

            // Ties keep the order of the first sorting.
            var largest = Ordering.First(smallest.Count, (a, b) => _numbers[smallest[b]].CompareTo(_numbers[smallest[a]]), upper - lower);
            return [.. largest.Select(i => smallest[i])];
        }
    }
}
