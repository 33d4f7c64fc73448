using System.Text.Json.Nodes;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>Tokens and the pairs that are joined, the earliest in the list first.</summary>
internal sealed class BytePairModel
{
    private readonly int[] _ofByte = new int[256];
    private readonly Dictionary<ulong, (int Rank, int Id)> _merges = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly Dictionary<int, byte[]> _bytes = [];
    private readonly bool _ignoresMerges;

    private BytePairModel(Dictionary<string, int> vocabulary, IReadOnlyList<(string Left, string Right)> merges, bool ignoresMerges)
    {
        (_vocabulary, _ignoresMerges) = (vocabulary.GetAlternateLookup<ReadOnlySpan<char>>(), ignoresMerges);
        foreach (var (token, id) in vocabulary)
        {
            _bytes[id] = ByteAlphabet.Decode(token);
        }

        for (var i = 0; i < 256; i++)
        {
            _ofByte[i] = vocabulary.TryGetValue(ByteAlphabet.Character((byte)i).ToString(), out var id) ? id : -1;
        }

        foreach (var (left, right) in merges)
        {
            if (vocabulary.TryGetValue(left, out var a) && vocabulary.TryGetValue(right, out var b) && vocabulary.TryGetValue(left + right, out var id))
            {
                _merges.TryAdd(Key(a, b), (_merges.Count, id));
            }
        }
    }

    public static BytePairModel Read(JsonObject model)
    {
        foreach (var name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model[name] is JsonValue value && value.ToString().Length > 0)
            {
                throw new InvalidDataException($"its model has a {name}, which byte-level BPE has not.");
            }
        }

        var vocabulary = TokenizerFile.Object(model["vocab"], "vocab").ToDictionary(p => p.Key, p => (int)p.Value!, StringComparer.Ordinal);
        var merges = (model["merges"] as JsonArray ?? []).Select(Pair).ToList();
        return new BytePairModel(vocabulary, merges, (bool?)model["ignore_merges"] ?? false);
    }

    /// <summary>The bytes of a token; empty where there is no such token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => _bytes.GetValueOrDefault(id);

    /// <summary>Adds the tokens of a word.</summary>
    public void Encode(ReadOnlySpan<byte> word, List<int> tokens)
    {
        if (_ignoresMerges && TryWhole(word, out var whole))
        {
            tokens.Add(whole);
            return;
        }

        var symbols = new List<int>(word.Length);
        foreach (var b in word)
        {
            if (_ofByte[b] >= 0)
            {
                symbols.Add(_ofByte[b]);
            }
        }

        if (symbols.Count > 1)
        {
            new SymbolChain(symbols, this).Join();
        }

        tokens.AddRange(symbols.Where(s => s >= 0));
    }

    /// <summary>Whether two tokens are joined, how early, and to which.</summary>
    public bool TryMerge(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue(Key(left, right), out merge);

    private static (string Left, string Right) Pair(JsonNode? node)
    {
        if (node is JsonArray { Count: 2 } pair)
        {
            return ((string)pair[0]!, (string)pair[1]!);
        }

        var text = (string)node!;
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 ? (text[..blank], text[(blank + 1)..]) : throw new InvalidDataException($"\"{text}\" is no pair of tokens.");
    }

    private static ulong Key(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private bool TryWhole(ReadOnlySpan<byte> word, out int id)
    {
        Span<char> text = word.Length <= 256 ? stackalloc char[word.Length] : new char[word.Length];
        for (var i = 0; i < word.Length; i++)
        {
            text[i] = ByteAlphabet.Character(word[i]);
        }

        return _vocabulary.TryGetValue(text, out id);
    }
}
