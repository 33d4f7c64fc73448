using Sandbox.Data.Sorting;
using Shouldly;

namespace Sandbox.Data.Tests.LanguageModels;

public sealed class RowSorterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("rows-").FullName;
    private int _files;

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(3_000, 20_000)]
    [InlineData(1 << 20, 20_000)]
    public void Rows_come_out_in_order_with_their_counts_added_whatever_the_budget(long budget, int rows)
    {
        var random = new Random(rows);
        var expected = new SortedDictionary<(uint, uint), uint>();
        using var sorter = new RowSorter(new RowLayout(3, [1, 0], SumLast: true), budget, NewPath);
        for (var i = 0; i < rows; i++)
        {
            // Some beyond 11 and 22 bits, so that each digit of the sort counts.
            var (a, b) = ((uint)random.Next(300) << random.Next(24), (uint)random.Next(4));
            sorter.Add([a, b, 1]);
            expected[(b, a)] = expected.GetValueOrDefault((b, a)) + 1;
            if (i is 7_777)
            {
                Read(sorter).ShouldBe(expected.Select(e => (e.Key.Item1, e.Key.Item2, e.Value)));
            }
        }

        Read(sorter).ShouldBe(expected.Select(e => (e.Key.Item1, e.Key.Item2, e.Value)));
    }

    [Fact]
    public void Nothing_goes_to_disk_while_equal_rows_fit()
    {
        using var sorter = new RowSorter(new RowLayout(2, [0], SumLast: true), 1 << 12, NewPath);
        for (var i = 0u; i < 100_000; i++)
        {
            sorter.Add([i % 50, 1]);
        }

        _files.ShouldBe(0);
        sorter.Read().Read().ShouldBeTrue();
    }

    [Fact]
    public void An_empty_sorter_has_no_rows()
    {
        using var sorter = new RowSorter(new RowLayout(2, [0]), 1, NewPath);
        sorter.Read().Read().ShouldBeFalse();
    }

    [Fact]
    public void Scratch_files_are_deleted()
    {
        using (var sorter = new RowSorter(new RowLayout(2, [0]), 1, NewPath))
        {
            for (var i = 0u; i < 10_000; i++)
            {
                sorter.Add([i, i]);
            }
        }

        _files.ShouldBeGreaterThan(1);
        Directory.GetFiles(_directory).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static List<(uint, uint, uint)> Read(RowSorter sorter)
    {
        var rows = new List<(uint, uint, uint)>();
        for (var reader = sorter.Read(); reader.Read();)
        {
            rows.Add((reader.Current[1], reader.Current[0], reader.Current[2]));
        }

        return rows;
    }

    private string NewPath() => Path.Combine(_directory, $"rows-{++_files}");
}
