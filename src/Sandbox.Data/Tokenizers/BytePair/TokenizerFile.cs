using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>Reads <c>tokenizer.json</c>, as far as it says byte-level BPE.</summary>
internal static class TokenizerFile
{
    /// <summary>Reads the file and <c>tokenizer_config.json</c> beside it.</summary>
    /// <exception cref="JobFailedException">The file is damaged, or holds another kind of tokenizer.</exception>
    public static BytePairTokenizer Load(string path)
    {
        try
        {
            var file = Object(JsonNode.Parse(File.ReadAllBytes(path)), "the file");
            var model = Object(file["model"], "model");
            if ((string?)model["type"] is not (null or "BPE"))
            {
                throw new InvalidDataException($"its model is of type {model["type"]}; byte-level BPE is what can be read.");
            }

            var added = (file["added_tokens"] as JsonArray ?? []).Select(AddedToken.Read).ToList();
            var splitter = TextSplitter.Read(file["pre_tokenizer"]);
            var normaliser = TokenNormaliser.Read(file["normalizer"]);
            return new BytePairTokenizer(BytePairModel.Read(model), new AddedTokens(added), normaliser, splitter, CleansBlanks(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JobFailedException($"{path}: this tokenizer cannot be used: {e.Message}", e);
        }
    }

    internal static JsonObject Object(JsonNode? node, string what) =>
        node as JsonObject ?? throw new InvalidDataException($"{what} is no JSON object.");

    // Beside the file; where it says nothing, blanks before marks are taken out, as transformers 4 does.
    private static bool CleansBlanks(string path)
    {
        var config = Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, "tokenizer_config.json");
        return !File.Exists(config) || (bool?)JsonNode.Parse(File.ReadAllBytes(config))?["clean_up_tokenization_spaces"] != false;
    }
}
