using System.Text;
using Sandbox.Core.Faults;
using Sandbox.Data.Rows;

namespace Sandbox.Data.FastText;

/// <summary>The label that a model gives to a text.</summary>
/// <param name="Label">The label with its prefix, as in <c>__label__en</c>.</param>
/// <param name="Probability">Its probability in 32 bits; the program adds 1e-5 to it before it takes the logarithm, so
/// that it may be slightly above 1.</param>
internal readonly record struct FastTextPrediction(string Label, float Probability);

/// <summary>
/// A supervised fastText model: dense or quantised, with hierarchical softmax, softmax, negative sampling or one-vs-all.
/// The formulas and the file are those of fastText 0.9.2 (Joulin et al., arXiv:1607.01759 and arXiv:1612.03651). Sums are
/// taken in 32 bits and in the program's order, so that figures agree to the last digit. Safe for use by several threads.
/// </summary>
internal sealed class FastTextModel
{
    private const int StackBytes = 1024;
    private const int LongText = 1 << 18;
    private readonly FastTextDictionary _dictionary;
    private readonly IMatrix _input;
    private readonly IOutputLayer _output;
    private readonly int _dimension;

    internal FastTextModel(FastTextDictionary dictionary, IMatrix input, IOutputLayer output, int dimension) =>
        (_dictionary, _input, _output, _dimension) = (dictionary, input, output, dimension);

    /// <summary>Labels that it knows.</summary>
    public int LabelCount => _dictionary.Labels.Count;

    /// <summary>Reads a model.</summary>
    /// <exception cref="JobFailedException">It is missing, damaged, or no supervised model.</exception>
    public static FastTextModel Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Load(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path}: the fastText model cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The model.</param>
    /// <param name="name">What messages call it.</param>
    public static FastTextModel Load(Stream stream, string name)
    {
        try
        {
            using var reader = new BinaryReader(new BufferedStream(stream, 1 << 16), Encoding.UTF8, leaveOpen: true);
            return FastTextReader.Read(reader);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OverflowException or OutOfMemoryException or ArgumentException)
        {
            throw new JobFailedException($"{name}: this is no usable fastText model: {e.Message}", e);
        }
    }

    /// <summary>The most probable label of a text, whose line feeds count as blanks; null where the model knows no part of
    /// it.</summary>
    public FastTextPrediction? PredictLine(ReadOnlySpan<char> text)
    {
        var size = text.Length > LongText ? Encoding.UTF8.GetByteCount(text) : Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = size > StackBytes ? ByteArrays.Rent(size) : null;
        try
        {
            Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
            var line = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
            line.Replace((byte)'\n', (byte)' ');
            return Predict(line);
        }
        finally
        {
            if (rented is not null)
            {
                ByteArrays.Return(rented);
            }
        }
    }

    /// <summary>The most probable label of one line of UTF-8 text; a line feed ends it.</summary>
    public FastTextPrediction? Predict(ReadOnlySpan<byte> text)
    {
        var features = FeatureList.Rent(_input);
        _dictionary.Collect(text, features);
        if (features.Count == 0)
        {
            return null;
        }

        var hidden = features.Sum();
        var share = 1f / features.Count;
        for (var i = 0; i < hidden.Length; i++)
        {
            hidden[i] *= share;
        }

        var (label, logarithm) = _output.Best(hidden);
        return label < 0 ? null : new FastTextPrediction(_dictionary.Labels[label], MathF.Exp(logarithm));
    }
}
