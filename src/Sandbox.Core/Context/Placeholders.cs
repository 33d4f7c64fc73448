using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Context;

/// <summary>
/// Placeholders in the text of an option: <c>{{ [pipeline.]meta_name.key }}</c> stands for a context info,
/// <c>{{ job.dir }}</c> for the attempt's directory. Names are letters, digits, <c>_</c> and <c>-</c>. Every other text
/// stays as it is.
/// </summary>
public static partial class Placeholders
{
    /// <summary>Stands for the directory of the attempt.</summary>
    public const string JobDirectory = "job.dir";

    /// <summary>What the placeholders of a text stand for, in order; the directory is none of them.</summary>
    public static IEnumerable<string> References(string text) =>
        Placeholder().Matches(text).Select(m => m.Groups["key"].Value).Where(k => k != JobDirectory);

    /// <summary>The placeholders of all texts in a value.</summary>
    public static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => References(e.Value)),
        JsonArray list => list.SelectMany(References),
        JsonValue value when value.TryGetValue(out string? text) => References(text),
        _ => [],
    };

    /// <summary>Puts the values in, in one pass: what a value holds is never taken for a placeholder.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Gives the text for a key.</param>
    public static string Fill(string text, Func<string, string> value) =>
        Placeholder().Replace(text, m => value(m.Groups["key"].Value));

    /// <summary>A context info as text: texts as they are, all else as JSON.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.TryGetValue(out string? plain) => plain,
        _ => PythonJson.Write(value),
    };

    [GeneratedRegex(
        @"\{\{\s*(?<key>[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+)\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
