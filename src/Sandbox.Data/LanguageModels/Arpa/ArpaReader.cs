using System.Globalization;
using System.Text;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>Reads an ARPA file from start to end, n-gram by n-gram. Takes what KenLM, SRILM, IRSTLM and others write:
/// text before <c>\data\</c>, blanks or tabs between the fields, blank lines, \r\n, backoff weights left out.</summary>
internal sealed class ArpaReader : IDisposable
{
    private readonly ArpaLines _lines;
    private readonly IReadOnlyList<long> _counts;
    private readonly byte[]?[] _words;
    private readonly int[] _lengths;
    private long _left;

    /// <summary>Opens a file and reads its head.</summary>
    /// <param name="stream">The file; closed with the reader.</param>
    /// <param name="name">What messages call it.</param>
    public ArpaReader(Stream stream, string name)
    {
        _lines = new ArpaLines(stream, name);
        _counts = ArpaHead.Read(_lines);
        _words = new byte[_counts.Count][];
        _lengths = new int[_counts.Count];
        _left = _counts[0];
    }

    /// <summary>N-grams of each order, as the head says.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>The order of the n-gram read last.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>Its log10 probability.</summary>
    public double Log10 { get; private set; }

    /// <summary>Its log10 backoff weight; 0 where there is none.</summary>
    public double Backoff { get; private set; }

    /// <summary>One of its words, UTF-8.</summary>
    public ReadOnlySpan<byte> Word(int index) => _words[index].AsSpan(0, _lengths[index]);

    /// <summary>An error at the line read last.</summary>
    public Exception Fault(string problem) => _lines.Fault(problem);

    /// <summary>Reads the next n-gram; false at the end of the model.</summary>
    public bool Read()
    {
        while (_left == 0)
        {
            if (Length == _counts.Count)
            {
                ExpectMark("\\end\\");
                return false;
            }

            Length++;
            _left = _counts[Length - 1];
            ExpectMark(SectionMark(Length));
        }

        _left--;
        Parse(_lines.NextFilled($"{_left + 1} more {Length}-grams"));
        return true;
    }

    public void Dispose() => _lines.Dispose();

    private static string SectionMark(int length) => string.Create(CultureInfo.InvariantCulture, $"\\{length}-grams:");

    private void ExpectMark(string mark)
    {
        var line = _lines.NextFilled(mark);
        if (!line.SequenceEqual(Encoding.ASCII.GetBytes(mark)))
        {
            throw Fault($"{mark} expected after the number of n-grams that the head says, not {ArpaFields.Show(line)}.");
        }
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        // No number begins like this, while a word may.
        if (line[0] == '\\')
        {
            throw Fault($"{ArpaFields.Show(line)} comes too early: the head says that there are {_left + 1} more {Length}-grams.");
        }

        var rest = line;
        Log10 = Number(ArpaFields.Next(ref rest), line);
        for (var i = 0; i < Length; i++)
        {
            var word = ArpaFields.Next(ref rest);
            if (word.IsEmpty)
            {
                throw Fault($"a probability, {Length} words and a backoff weight expected, not {ArpaFields.Show(line)}.");
            }

            Keep(i, word);
        }

        var backoff = ArpaFields.Next(ref rest);
        Backoff = backoff.IsEmpty ? 0 : Number(backoff, line);
        if (!ArpaFields.Next(ref rest).IsEmpty)
        {
            throw Fault($"too many fields for a {Length}-gram: {ArpaFields.Show(line)}.");
        }

        // Rounding leaves a hair above 0 in some files.
        Log10 = Log10 is > 0 and < 1e-4 ? 0 : Log10;
        if (Log10 > 0)
        {
            throw Fault($"the logarithm of a probability cannot be above 0: {ArpaFields.Show(line)}.");
        }
    }

    private void Keep(int index, ReadOnlySpan<byte> word)
    {
        if (_words[index] is not { } kept || kept.Length < word.Length)
        {
            _words[index] = kept = new byte[Math.Max(64, word.Length)];
        }

        word.CopyTo(kept);
        _lengths[index] = word.Length;
    }

    private double Number(ReadOnlySpan<byte> field, ReadOnlySpan<byte> line) => ArpaFields.TryNumber(field, out var number)
        ? number
        : throw Fault($"\"{Encoding.UTF8.GetString(field)}\" is no number, in {ArpaFields.Show(line)}.");
}
