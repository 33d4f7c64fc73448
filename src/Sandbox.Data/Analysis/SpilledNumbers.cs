using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Data.Analysis;

/// <summary>Numbers beyond count: what does not fit into a buffer goes to a scratch file. Order statistics are exact.</summary>
internal sealed class SpilledNumbers(string path, int buffer = 1 << 18) : IDisposable
{
    private readonly List<double> _pending = new(Math.Min(buffer, 1 << 12));
    private SafeFileHandle? _file;
    private long _spilled;
    private double _sum;
    private double _correction;

    public long Count => _spilled + _pending.Count;

    /// <summary>The mean; NaN where there is nothing. Summed with Neumaier's correction.</summary>
    public double Mean => (_sum + _correction) / Count;

    public double Min { get; private set; } = double.NaN;

    public double Max { get; private set; } = double.NaN;

    public void Add(double value)
    {
        Min = double.IsNaN(Min) || value < Min ? value : Min;
        Max = double.IsNaN(Max) || value > Max ? value : Max;
        var sum = _sum + value;
        _correction += Math.Abs(_sum) >= Math.Abs(value) ? (_sum - sum) + value : (value - sum) + _sum;
        _sum = sum;
        _pending.Add(value);
        if (_pending.Count == buffer)
        {
            Spill();
        }
    }

    /// <summary>The standard deviation with n − 1; NaN for fewer than two numbers.</summary>
    public double StandardDeviation()
    {
        var mean = Mean;
        var (sum, correction) = (0.0, 0.0);
        ForEach(value =>
        {
            var square = (value - mean) * (value - mean);
            var next = sum + square;
            correction += sum >= square ? (sum - next) + square : (square - next) + sum;
            sum = next;
        });
        return Count < 2 ? double.NaN : Math.Sqrt((sum + correction) / (Count - 1));
    }

    /// <summary>The quantiles, interpolated linearly between neighbours.</summary>
    /// <param name="shares">Each from 0 to 1.</param>
    public IReadOnlyList<double> Quantiles(IReadOnlyList<double> shares)
    {
        if (Count == 0)
        {
            return [.. shares.Select(_ => double.NaN)];
        }

        var places = shares.Select(share => (Count - 1) * share).ToList();
        var ranks = places.SelectMany(p => new[] { (long)Math.Floor(p), (long)Math.Ceiling(p) }).Distinct().Order().ToList();
        var values = ranks.Zip(At(ranks)).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. places.Select(p =>
        {
            var (low, high) = (values[(long)Math.Floor(p)], values[(long)Math.Ceiling(p)]);
            return low == high ? low : low + ((high - low) * (p - Math.Floor(p)));
        })];
    }

    public void Dispose()
    {
        _file?.Dispose();
        File.Delete(path);
    }

    private IReadOnlyList<double> At(IReadOnlyList<long> ranks)
    {
        if (_file is not null)
        {
            return RankSearch.Find(ForEach, ranks);
        }

        _pending.Sort();
        return [.. ranks.Select(rank => _pending[(int)rank])];
    }

    /// <summary>Goes through all numbers, in no certain order.</summary>
    public void ForEach(Action<double> visit)
    {
        if (_file is not null)
        {
            var block = new double[1 << 13];
            for (var at = 0L; at < _spilled;)
            {
                var count = (int)Math.Min(block.Length, _spilled - at);
                RandomAccess.Read(_file, MemoryMarshal.AsBytes(block.AsSpan(0, count)), at * sizeof(double));
                for (var i = 0; i < count; i++)
                {
                    visit(block[i]);
                }

                at += count;
            }
        }

        _pending.ForEach(visit);
    }

    private void Spill()
    {
        _file ??= File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_pending)), _spilled * sizeof(double));
        _spilled += _pending.Count;
        _pending.Clear();
    }
}
