namespace Sandbox.Data.LanguageModels;

/// <summary>Numbers the n-grams of one length. An n-gram is the number of its context in the next shorter table and its
/// last word: exact, and 8 bytes whatever the length.</summary>
internal sealed class NgramTable
{
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private ulong[] _keys;
    private int[] _slots;
    private int _shift;

    public NgramTable(int expected = 16)
    {
        _keys = new ulong[Math.Max(expected, 16)];
        var bits = 5;
        while (1L << bits < _keys.Length * 3L / 2 && bits < 30)
        {
            bits++;
        }

        (_slots, _shift) = (new int[1 << bits], 64 - bits);
    }

    /// <summary>N-grams so far.</summary>
    public int Count { get; private set; }

    /// <summary>The number of an n-gram, or -1.</summary>
    public int Find(int context, uint word) => _slots[Slot(Key(context, word))] - 1;

    /// <summary>The number of an n-gram, a new one where it is new.</summary>
    public int FindOrAdd(int context, uint word)
    {
        var key = Key(context, word);
        var slot = Slot(key);
        if (_slots[slot] > 0)
        {
            return _slots[slot] - 1;
        }

        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, checked(Count * 2));
        }

        _keys[Count++] = key;
        _slots[slot] = Count;
        if (Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return Count - 1;
    }

    private static ulong Key(int context, uint word) => ((ulong)(uint)context << 32) | word;

    // Multiplying spreads only upwards; the upper half holds the context and must reach the lower bits first.
    private static ulong Hash(ulong key) => (key ^ (key >> 29)) * Spread;

    private int Slot(ulong key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(Hash(key) >> _shift);
        while (_slots[slot] > 0 && _keys[_slots[slot] - 1] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new int[checked(_slots.Length * 2)];
        _shift--;
        for (var number = 0; number < Count; number++)
        {
            _slots[Slot(_keys[number])] = number + 1;
        }
    }
}
