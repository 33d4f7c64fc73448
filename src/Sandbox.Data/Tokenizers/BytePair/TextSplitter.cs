using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>What cuts a text into words before pairs are joined; no token reaches over the end of a word.</summary>
internal abstract class TextSplitter
{
    /// <summary>How long a pattern may look at one text: one that takes longer would never end in practice.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Gives the words one after another.</summary>
    public abstract void Split(string text, Action<string> word);

    /// <summary>Reads the entry <c>pre_tokenizer</c>.</summary>
    public static TextSplitter Read(JsonNode? node)
    {
        var steps = new List<TextSplitter>();
        var isByteLevel = Collect(node, steps);
        return isByteLevel ? new Chain(steps) : throw new InvalidDataException("it does not work on bytes; byte-level BPE is what can be read.");
    }

    private static bool Collect(JsonNode? node, List<TextSplitter> steps)
    {
        var settings = TokenizerFile.Object(node, "pre_tokenizer");
        switch ((string?)settings["type"])
        {
            case "Sequence":
                return (settings["pretokenizers"] as JsonArray ?? []).ToList().ConvertAll(part => Collect(part, steps)).Exists(b => b);
            case "Split":
                steps.Add(new PatternSplitter(settings));
                return false;
            case "Digits":
                steps.Add(new PatternSplitter((bool?)settings["individual_digits"] == true ? "\\p{Nd}" : "\\p{Nd}+"));
                return false;
            case "ByteLevel":
                steps.Add(new WordSplitter((bool?)settings["add_prefix_space"] ?? true, (bool?)settings["use_regex"] ?? true));
                return true;
            case var other:
                throw new InvalidDataException($"its pre_tokenizer has a part of type {other}, which is not known here.");
        }
    }

    private sealed class Chain(IReadOnlyList<TextSplitter> steps) : TextSplitter
    {
        public override void Split(string text, Action<string> word) => From(0, text, word);

        private void From(int step, string text, Action<string> word)
        {
            if (step == steps.Count)
            {
                word(text);
            }
            else
            {
                steps[step].Split(text, part => From(step + 1, part, word));
            }
        }
    }

    /// <summary>Matches of a pattern and what is between them. .NET's classes stop at U+FFFF: a letter beyond counts as a
    /// character that is none.</summary>
    private sealed class PatternSplitter : TextSplitter
    {
        private readonly Regex _pattern;
        private readonly bool _dropsMatches;

        public PatternSplitter(string pattern) => _pattern = new Regex(pattern, RegexOptions.CultureInvariant, Limit);

        public PatternSplitter(JsonObject settings)
        {
            var pattern = TokenizerFile.Object(settings["pattern"], "pattern");
            _pattern = new Regex(
                (string?)pattern["Regex"] ?? Regex.Escape((string?)pattern["String"] ?? throw new InvalidDataException("a pattern is missing.")),
                RegexOptions.CultureInvariant,
                Limit);
            var behaviour = (string?)settings["behavior"];
            _dropsMatches = behaviour == "Removed";
            if (behaviour is not ("Isolated" or "Removed"))
            {
                throw new InvalidDataException($"a part of its pre_tokenizer has behavior {behaviour}, which is not known here.");
            }

            if (_dropsMatches && (bool?)settings["invert"] == true)
            {
                throw new InvalidDataException("a part of its pre_tokenizer removes what does not match, which is not known here.");
            }
        }

        public override void Split(string text, Action<string> word)
        {
            var at = 0;
            foreach (Match match in _pattern.Matches(text))
            {
                if (match.Index > at)
                {
                    word(text[at..match.Index]);
                }

                if (!_dropsMatches && match.Length > 0)
                {
                    word(match.Value);
                }

                at = match.Index + match.Length;
            }

            if (at < text.Length)
            {
                word(text[at..]);
            }
        }
    }
}
