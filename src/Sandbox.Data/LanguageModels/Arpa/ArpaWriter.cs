using System.Globalization;
using System.Text;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>Writes a model in ARPA format: log10 with nine decimals, a tab between the fields, <c>\n</c> at line ends.</summary>
internal sealed class ArpaWriter(Stream output)
{
    /// <summary>What stands for the logarithm of nothing.</summary>
    public const double Zero = -99;

    private const int LongestNumber = 32;
    private byte[] _buffer = new byte[1 << 16];
    private int _length;

    public void Header(IReadOnlyList<long> counts)
    {
        Text("\\data\\\n");
        for (var n = 0; n < counts.Count; n++)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"ngram {n + 1}={counts[n]}\n"));
        }
    }

    public void Section(int length) => Text(string.Create(CultureInfo.InvariantCulture, $"\n\\{length}-grams:\n"));

    /// <summary>One n-gram.</summary>
    /// <param name="log10">Its probability.</param>
    /// <param name="words">Its words.</param>
    /// <param name="backoff">Its backoff weight, or null in the highest order.</param>
    public void Entry(double log10, ReadOnlySpan<string> words, double? backoff)
    {
        Number(log10);
        for (var i = 0; i < words.Length; i++)
        {
            Byte(i == 0 ? (byte)'\t' : (byte)' ');
            Text(words[i]);
        }

        if (backoff is { } weight)
        {
            Byte((byte)'\t');
            Number(weight);
        }

        Byte((byte)'\n');
    }

    public void End()
    {
        Text("\n\\end\\\n");
        Flush();
    }

    /// <summary>The logarithm as it is written: <see cref="Zero"/> for nothing, which has none.</summary>
    public static double Log10(double value) => value > 0 ? Math.Max(Math.Log10(value), Zero) : Zero;

    private void Number(double value)
    {
        Reserve(LongestNumber);
        // No "-0.000000000".
        var shown = Math.Abs(value) < 5e-10 ? 0 : value;
        var format = shown is 0 or Zero ? "0" : "F9";
        shown.TryFormat(_buffer.AsSpan(_length), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Text(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length >= bytes)
        {
            return;
        }

        Flush();
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }
    }

    private void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }
}
