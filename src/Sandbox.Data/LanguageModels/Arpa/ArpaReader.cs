using System.Globalization;
using System.Text;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>Reads an ARPA file from start to end, n-gram by n-gram. Takes what KenLM, SRILM, IRSTLM and others write:
/// text before <c>\data\</c>, blanks or tabs between the fields, blank lines, \r\n, backoff weights left out.</summary>
internal sealed class ArpaReader : IDisposable
{
    private const int MaximumOrder = 64;
    private readonly string _name;
    private readonly ArpaLines _lines;
    private readonly List<long> _counts = [];
    private readonly byte[]?[] _words;
    private readonly int[] _lengths;
    private long _left;

    /// <summary>Opens a file and reads its head.</summary>
    /// <param name="stream">The file; closed with the reader.</param>
    /// <param name="name">What messages call it.</param>
    public ArpaReader(Stream stream, string name)
    {
        (_name, _lines) = (name, new ArpaLines(stream, name));
        ReadHead();
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
    public Exception Fault(string problem) => ArpaFault.At(_name, _lines.Number, problem);

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
        Parse(NextLine($"{_left + 1} more {Length}-grams"));
        return true;
    }

    public void Dispose() => _lines.Dispose();

    private static string SectionMark(int length) => string.Create(CultureInfo.InvariantCulture, $"\\{length}-grams:");

    private void ReadHead()
    {
        while (!NextLine("\\data\\: is this an ARPA file?").SequenceEqual("\\data\\"u8))
        {
            // Some tools write a comment first.
        }

        ReadOnlySpan<byte> line;
        while (!(line = NextLine("\\1-grams:")).SequenceEqual("\\1-grams:"u8))
        {
            AddCount(line);
        }

        if (_counts.Count == 0)
        {
            throw Fault("the head has no counts (\"ngram 1=…\").");
        }
    }

    private void AddCount(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        var parts = text.StartsWith("ngram", StringComparison.Ordinal) ? text[5..].Split('=') : [];
        if (parts.Length != 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var order)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var count))
        {
            throw Fault($"\"ngram {_counts.Count + 1}=…\" or \\1-grams: expected, not {Shown(line)}.");
        }

        if (order != _counts.Count + 1 || count is < 0 or > int.MaxValue || order > MaximumOrder)
        {
            throw Fault($"the counts must be of the orders 1, 2 … {MaximumOrder} and within 0 and {int.MaxValue}, not {Shown(line)}.");
        }

        _counts.Add(count);
    }

    private void ExpectMark(string mark)
    {
        var line = NextLine(mark);
        if (!line.SequenceEqual(Encoding.ASCII.GetBytes(mark)))
        {
            throw Fault($"{mark} expected after the number of n-grams that the head says, not {Shown(line)}.");
        }
    }

    // The next line that is not blank, without blanks around it.
    private ReadOnlySpan<byte> NextLine(string expected)
    {
        while (_lines.Next(out var line))
        {
            line = line.Trim(" \t"u8);
            if (!line.IsEmpty)
            {
                return line;
            }
        }

        throw ArpaFault.At(_name, _lines.Number, $"the file ends too early, before {expected}");
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        var rest = line;
        Log10 = Number(NextField(ref rest), line);
        for (var i = 0; i < Length; i++)
        {
            var word = NextField(ref rest);
            if (word.IsEmpty || (i == 0 && word[0] == '\\' && word.EndsWith("-grams:"u8)))
            {
                throw Fault($"a probability, {Length} words and a backoff weight expected, not {Shown(line)}.");
            }

            Keep(i, word);
        }

        var backoff = NextField(ref rest);
        Backoff = backoff.IsEmpty ? 0 : Number(backoff, line);
        if (!NextField(ref rest).IsEmpty)
        {
            throw Fault($"too many fields for a {Length}-gram: {Shown(line)}.");
        }

        // Rounding leaves a hair above 0 in some files.
        Log10 = Log10 is > 0 and < 1e-4 ? 0 : Log10;
        if (Log10 > 0)
        {
            throw Fault($"the logarithm of a probability cannot be above 0: {Shown(line)}.");
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

    private static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t"u8);
        var end = rest.IndexOfAny((byte)' ', (byte)'\t');
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return field;
    }

    private double Number(ReadOnlySpan<byte> field, ReadOnlySpan<byte> line)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number))
        {
            return double.IsFinite(number) ? number : NotFinite(field, line);
        }

        return NotFinite(field, line);
    }

    // "-inf" is what some tools write for nothing.
    private double NotFinite(ReadOnlySpan<byte> field, ReadOnlySpan<byte> line) =>
        field.StartsWith("-inf"u8) || field.StartsWith("-Inf"u8)
            ? ArpaWriter.Zero
            : throw Fault($"\"{Encoding.UTF8.GetString(field)}\" is no number, in {Shown(line)}.");

    private static string Shown(ReadOnlySpan<byte> line) =>
        line.Length > 80 ? $"\"{Encoding.UTF8.GetString(line[..80])}…\"" : $"\"{Encoding.UTF8.GetString(line)}\"";
}
