using Sandbox.Data.Rows;
using Sandbox.Data.Sampling;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Takes rows at random with upstream's fixed seed; the same rows in the same order as numpy's shuffle.</summary>
internal sealed class RandomSelector(RandomOptions options) : ISelector
{
    private const long Seed = 42;

    public ISelection Begin(Func<string> newScratchFile) => new Selection(options);

    private sealed class Selection(RandomOptions options) : ISelection
    {
        private int _count;

        public void Add(Row row) => _count++;

        public IReadOnlyList<int>? Choose()
        {
            if (_count <= 1 || (options.SelectRatio is null && options.SelectNum is null))
            {
                return null;
            }

            var byShare = options.SelectRatio is > 0 and var share ? (long)(share * _count) : long.MaxValue;
            var taken = Math.Min(byShare, options.SelectNum ?? long.MaxValue);

            // None, or all: upstream gives the rows back as they came.
            if (taken is 0 or long.MaxValue || taken == _count)
            {
                return null;
            }

            // For more rows than there are, the shuffled rows come again.
            var order = new NumpyRandom(Seed).Permutation(_count);
            return [.. Enumerable.Range(0, (int)Math.Min(taken, int.MaxValue)).Select(i => order[i % _count])];
        }
    }
}
