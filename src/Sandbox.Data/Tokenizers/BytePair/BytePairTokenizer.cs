using System.Text;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>A byte-level BPE tokenizer (GPT-2, GPT-NeoX, Llama 3, Qwen 2). Safe for use by several threads.</summary>
internal sealed class BytePairTokenizer(
    BytePairModel model, AddedTokens added, Func<string, string> normalise, TextSplitter splitter, bool cleansBlanks)
{
    private const int KeptWords = 1 << 14;
    private const int LongestKeptWord = 64;

    // What transformers takes out when it puts tokens together again.
    private static readonly (string From, string To)[] Blanks =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private readonly Dictionary<int, byte[]> _addedBytes = added.All.ToDictionary(t => t.Id, t => Encoding.UTF8.GetBytes(t.Text));
    private readonly ThreadLocal<Dictionary<string, int[]>> _known = new(() => new Dictionary<string, int[]>(StringComparer.Ordinal));

    /// <summary>The tokens of a text, without any that frame it.</summary>
    public List<int> Encode(string text)
    {
        var tokens = new List<int>((text.Length / 3) + 1);
        foreach (var (part, token) in added.Split(text, normalised: false))
        {
            if (token is not null)
            {
                tokens.Add(token.Id);
                continue;
            }

            foreach (var (inner, innerToken) in added.Split(normalise(part), normalised: true))
            {
                if (innerToken is not null)
                {
                    tokens.Add(innerToken.Id);
                }
                else
                {
                    splitter.Split(inner, word => AddWord(word, tokens));
                }
            }
        }

        return tokens;
    }

    /// <summary>The text of tokens; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = new MemoryStream();
        foreach (var token in tokens)
        {
            bytes.Write(_addedBytes.TryGetValue(token, out var text) ? text : model.BytesOf(token));
        }

        var result = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        return cleansBlanks ? Blanks.Aggregate(result, (current, blank) => current.Replace(blank.From, blank.To, StringComparison.Ordinal)) : result;
    }

    private void AddWord(string word, List<int> tokens)
    {
        var known = _known.Value!;
        if (known.TryGetValue(word, out var found))
        {
            tokens.AddRange(found);
            return;
        }

        var from = tokens.Count;
        model.Encode(Encoding.UTF8.GetBytes(word), tokens);
        if (word.Length <= LongestKeptWord && known.Count < KeptWords)
        {
            known[word] = [.. tokens.Skip(from)];
        }
    }
}
