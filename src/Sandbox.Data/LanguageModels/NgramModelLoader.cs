using System.Text;
using Sandbox.Data.LanguageModels.Arpa;

namespace Sandbox.Data.LanguageModels;

/// <summary>Builds a model from an ARPA file.</summary>
internal sealed class NgramModelLoader
{
    // What KenLM gives to unknown words where the model has no <unk>.
    private const float MissingUnknown = -100;
    private readonly ArpaReader _reader;
    private readonly Vocabulary _vocabulary = new();
    private readonly NgramTable[] _tables;
    private readonly NgramWeights[] _weights;

    private NgramModelLoader(ArpaReader reader)
    {
        _reader = reader;
        // The head is the file's word, not ours: what it promises is not reserved beyond reason before it is there.
        int[] expected = [0, .. reader.Counts.Select(c => (int)Math.Min(c, 1 << 20))];
        _tables = [.. expected.Select((count, n) => new NgramTable(n < 2 ? 0 : count))];
        _weights = [.. expected.Select(count => new NgramWeights(count))];
    }

    public static NgramModel Load(Stream stream, string name, CancellationToken cancellationToken)
    {
        using var reader = new ArpaReader(stream, name);
        var loader = new NgramModelLoader(reader);
        for (var count = 0L; reader.Read(); count++)
        {
            if ((count & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            loader.Add();
        }

        loader.RequireMarks();
        return new NgramModel(loader._vocabulary, loader._tables, loader._weights);
    }

    private void Add()
    {
        var number = _reader.Length == 1 ? (int)_vocabulary.Add(Canonical(Encoding.UTF8.GetString(_reader.Word(0)))) : Number();
        if (!_weights[_reader.Length].Set(number, (float)_reader.Log10, (float)_reader.Backoff))
        {
            throw _reader.Fault("this n-gram stands twice in the file.");
        }
    }

    private int Number()
    {
        var context = (int)Id(0);
        for (var i = 1; i < _reader.Length - 1; i++)
        {
            // A pruned model may lack the context of an n-gram that it has; such a context has neither weight.
            context = _tables[i + 1].FindOrAdd(context, Id(i));
        }

        return _tables[_reader.Length].FindOrAdd(context, Id(_reader.Length - 1));
    }

    // Some programs write the unknown word in capitals; KenLM takes it for the same.
    private static string Canonical(string word) => word == "<UNK>" ? SpecialToken.UnknownText : word;

    private uint Id(int index)
    {
        var bytes = _reader.Word(index);
        Span<char> buffer = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        var text = buffer[..Encoding.UTF8.GetChars(bytes, buffer)];
        return _vocabulary.TryFind(text is "<UNK>" ? SpecialToken.UnknownText : text, out var id) && _weights[1].Has((int)id)
            ? id
            : throw _reader.Fault($"the word \"{text}\" is not among the 1-grams.");
    }

    private void RequireMarks()
    {
        if (!_weights[1].Has((int)SpecialToken.Begin) || !_weights[1].Has((int)SpecialToken.End))
        {
            throw _reader.Fault("the 1-grams lack <s> or </s>: sentences cannot be scored with this model.");
        }

        if (!_weights[1].Has((int)SpecialToken.Unknown))
        {
            _weights[1].Set((int)SpecialToken.Unknown, MissingUnknown, 0);
        }
    }
}
