using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataConnectors;

/// <summary>The form of the data that a program reads. Rows of the sandbox are JSON lines; they are converted to it.</summary>
internal sealed record DataConnectorOptions : IValidatableOptions
{
    public const string JsonLines = "jsonl";
    public const string Json = "json";
    public const string Csv = "csv";
    public const string Tsv = "tsv";
    public const string Text = "text";

    [Option("format", Description = "The file format: jsonl, json (one list), csv, tsv or text (one text a line).", OneOf = [JsonLines, Json, Csv, Tsv, Text])]
    public string Format { get; init; } = JsonLines;

    [Option("keys", Description = "The keys that the program reads, as they are called after key_remapping; a row without one of them is a fault. All keys without it.")]
    public IReadOnlyList<string> Keys { get; init; } = [];

    [Option("text_key", Description = "For text: the key of the text, after key_remapping.")]
    public string TextKey { get; init; } = "text";

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows of each data set that are put up with: a number, or a share of its rows when below 1.")]
    public double MaxBadRows { get; init; }

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Keys.Distinct(StringComparer.Ordinal).Count() != Keys.Count)
        {
            fault("keys", "names a key twice.");
        }
    }

    /// <summary>Reads upstream's <c>key_remapping</c>: from the key in the data to the key that the program reads.</summary>
    public static IReadOnlyDictionary<string, string> Remapping(JsonObject? given, Action<string, string> fault)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, node) in given ?? [])
        {
            if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } to)
            {
                if (names.ContainsValue(to))
                {
                    fault("key_remapping", $"gives two keys the name \"{to}\".");
                }

                names[from] = to;
            }
            else
            {
                fault("key_remapping", $"\"{from}\" must be given a name.");
            }
        }

        return names;
    }
}
