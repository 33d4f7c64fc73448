using System.Numerics;

namespace Sandbox.Data.FastText;

/// <summary>The words of a model by their bytes.</summary>
internal sealed class WordIndex
{
    private readonly int[] _slots;
    private readonly uint[] _hashes;
    private readonly (int Start, int Length)[] _places;
    private byte[] _bytes = new byte[1 << 16];
    private int _used;

    public WordIndex(int expected)
    {
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expected * 2L))];
        _hashes = new uint[expected];
        _places = new (int, int)[expected];
    }

    /// <summary>What stands for the end of a line.</summary>
    public static ReadOnlySpan<byte> EndOfSentence => "</s>"u8;

    /// <summary>How many words there are.</summary>
    public int WordCount { get; private set; }

    public void Add(ReadOnlySpan<byte> word)
    {
        if (WordCount == _places.Length)
        {
            throw new InvalidDataException("its dictionary has more words than it says.");
        }

        while (_used + word.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        word.CopyTo(_bytes.AsSpan(_used));
        var hash = Hash(word);
        var slot = hash & (uint)(_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        }

        _places[WordCount] = (_used, word.Length);
        _hashes[WordCount] = hash;
        _used += word.Length;
        _slots[slot] = ++WordCount;
    }

    /// <summary>The number of a word, or -1.</summary>
    /// <param name="word">Its bytes.</param>
    /// <param name="hash">Their hash.</param>
    public int Find(ReadOnlySpan<byte> word, uint hash)
    {
        for (var slot = hash & (uint)(_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (_hashes[number] == hash && _bytes.AsSpan(_places[number].Start, _places[number].Length).SequenceEqual(word))
            {
                return number;
            }
        }

        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> word)
    {
        var hash = 2166136261u;
        foreach (var b in word)
        {
            hash = unchecked((hash ^ (uint)(sbyte)b) * 16777619);
        }

        return hash;
    }
}
