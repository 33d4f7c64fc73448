using System.Text;

namespace Sandbox.Data.FastText;

/// <summary>Words and labels of a model, and the rows of the input matrix that a text stands for.</summary>
internal sealed class FastTextDictionary
{
    private const uint HashStart = 2166136261;
    private const uint HashFactor = 16777619;
    private const ulong NgramFactor = 116049371;
    private static readonly System.Buffers.SearchValues<byte> Blanks = System.Buffers.SearchValues.Create(" \n\r\t\v\f\0"u8);
    private readonly FastTextArguments _arguments;
    private readonly WordIndex _words;
    private readonly PrunedBuckets _buckets;

    private FastTextDictionary(FastTextArguments arguments, WordIndex words, PrunedBuckets buckets, List<string> labels, List<long> counts) =>
        (_arguments, _words, _buckets, Labels, LabelCounts) = (arguments, words, buckets, labels, counts);

    /// <summary>The labels, the most frequent first.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How often each was seen in training.</summary>
    public IReadOnlyList<long> LabelCounts { get; }

    /// <summary>Rows that the input matrix must have.</summary>
    public long RowsNeeded => _words.WordCount + _buckets.Rows;

    public static FastTextDictionary Read(BinaryReader reader, FastTextArguments arguments)
    {
        var (size, wordCount, labelCount) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        reader.ReadInt64(); // tokens seen
        var pruned = reader.ReadInt64();
        if (size < 0 || wordCount < 0 || labelCount < 0 || (long)wordCount + labelCount != size)
        {
            throw new InvalidDataException("the sizes of its dictionary do not fit.");
        }

        var words = new WordIndex(wordCount);
        var (labels, counts) = (new List<string>(), new List<long>());
        var text = new MemoryStream();
        for (var i = 0; i < size; i++)
        {
            ReadText(reader, text);
            var (count, isLabel) = (reader.ReadInt64(), reader.ReadByte() == 1);
            if (isLabel)
            {
                labels.Add(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
                counts.Add(count);
            }
            else
            {
                words.Add(text.GetBuffer().AsSpan(0, (int)text.Length));
            }
        }

        return new FastTextDictionary(arguments, words, PrunedBuckets.Read(reader, pruned, arguments.Buckets), labels, counts);
    }

    /// <summary>The rows of a line of text: of each word itself, of its character n-grams, and of word n-grams.</summary>
    public void Collect(ReadOnlySpan<byte> text, FeatureList features)
    {
        for (var at = 0; at < text.Length && text[at] != (byte)'\n';)
        {
            var length = text[at..].IndexOfAny(Blanks);
            length = length < 0 ? text.Length - at : length;
            if (length == 0)
            {
                at++;
                continue;
            }

            AddToken(text.Slice(at, length), features);
            at += length;
        }

        AddToken(WordIndex.EndOfSentence, features);
        AddWordNgrams(features);
    }

    private static void ReadText(BinaryReader reader, MemoryStream text)
    {
        text.SetLength(0);
        for (var b = reader.ReadByte(); b != 0; b = reader.ReadByte())
        {
            text.WriteByte(b);
        }
    }

    private void AddToken(ReadOnlySpan<byte> token, FeatureList features)
    {
        var hash = HashStart;
        foreach (var b in token)
        {
            hash = Step(hash, b);
        }

        var word = _words.Find(token, hash);
        if (word < 0 && token.StartsWith("__label__"u8))
        {
            return;
        }

        if (word >= 0)
        {
            features.Add(word);
        }

        if (_arguments.MaxCharacters > 0 && !token.SequenceEqual(WordIndex.EndOfSentence))
        {
            AddCharacterNgrams(token, features);
        }

        if (_arguments.WordNgrams > 1)
        {
            features.WordHashes.Add((int)hash);
        }
    }

    // The word stands between < and >. An n-gram begins where a character begins; single marks are none.
    private void AddCharacterNgrams(ReadOnlySpan<byte> token, FeatureList features)
    {
        if (_buckets.AreNone)
        {
            return;
        }

        var end = token.Length + 1;
        var (shortest, longest) = (_arguments.MinCharacters, _arguments.MaxCharacters);
        for (var start = -1; start < end - 1; start++)
        {
            if (start >= 0 && start < token.Length && IsContinuation(token[start]))
            {
                continue;
            }

            var hash = HashStart;
            var at = start;
            for (var characters = 1; characters <= longest && at < end; characters++)
            {
                hash = Step(hash, at < 0 ? (byte)'<' : at == token.Length ? (byte)'>' : token[at]);
                for (at++; at < token.Length && IsContinuation(token[at]); at++)
                {
                    hash = Step(hash, token[at]);
                }

                if (characters >= shortest && (characters > 1 || start >= 0))
                {
                    AddBucket(_buckets.Of(hash), features);
                }
            }
        }
    }

    private void AddWordNgrams(FeatureList features)
    {
        var hashes = features.WordHashes;
        for (var i = 0; i < hashes.Count; i++)
        {
            // The program widens the signed hash.
            var hash = unchecked((ulong)hashes[i]);
            for (var j = i + 1; j < hashes.Count && j < i + _arguments.WordNgrams; j++)
            {
                hash = unchecked((hash * NgramFactor) + (ulong)hashes[j]);
                AddBucket((uint)(hash % (ulong)_arguments.Buckets), features);
            }
        }
    }

    private void AddBucket(uint bucket, FeatureList features)
    {
        var row = _buckets.Row(bucket);
        if (row >= 0)
        {
            features.Add(_words.WordCount + row);
        }
    }

    // FNV-1a as the program has it: bytes count as signed.
    private static uint Step(uint hash, byte b) => unchecked((hash ^ (uint)(sbyte)b) * HashFactor);

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
