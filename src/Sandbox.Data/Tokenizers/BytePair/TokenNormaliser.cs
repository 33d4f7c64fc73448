using System.Text.Json.Nodes;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>What is done to a text before it is cut: the entry <c>normalizer</c>.</summary>
internal static class TokenNormaliser
{
    public static Func<string, string> Read(JsonNode? node)
    {
        if (node is null)
        {
            return text => text;
        }

        var settings = TokenizerFile.Object(node, "normalizer");
        switch ((string?)settings["type"])
        {
            case "Sequence":
                var steps = (settings["normalizers"] as JsonArray ?? []).Select(Read).ToList();
                return text => steps.Aggregate(text, (current, step) => step(current));
            case "NFC" or "NFD" or "NFKC" or "NFKD":
                var form = Enum.Parse<NormalForm>((string)settings["type"]!, ignoreCase: true);
                return text => UnicodeNormaliser.Normalise(text, form);
            case "Lowercase":
                return PythonText.ToLower;
            case "Prepend":
                var start = (string?)settings["prepend"] ?? string.Empty;
                return text => text.Length == 0 ? text : start + text;
            case "Replace":
                var replaced = (string?)TokenizerFile.Object(settings["pattern"], "pattern")["String"]
                    ?? throw new InvalidDataException("its normalizer replaces a pattern, which is not known here.");
                var content = (string?)settings["content"] ?? string.Empty;
                return text => text.Replace(replaced, content, StringComparison.Ordinal);
            case var other:
                throw new InvalidDataException($"its normalizer has a part of type {other}, which is not known here.");
        }
    }
}
