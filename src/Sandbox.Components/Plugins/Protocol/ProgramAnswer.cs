using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Components.Plugins.Protocol;

/// <summary>What a program said last of its result and of its failure.</summary>
/// <param name="HasResult">Whether it gave a result.</param>
/// <param name="Result">The result; null is one, too.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record ProgramAnswer(bool HasResult, JsonNode? Result, string? Error)
{
    /// <summary>Reads the output that a program left in its directory.</summary>
    public static ProgramAnswer Read(string directory)
    {
        var answer = new ProgramAnswer(false, null, null);
        string[] files = Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "stdout.*.log").Order(StringComparer.Ordinal)] : [];
        foreach (var line in files.SelectMany(File.ReadLines).Where(l => l.StartsWith('{')))
        {
            answer = Parse(line) switch
            {
                { } message when message.ContainsKey("result") => answer with { HasResult = true, Result = message["result"]?.DeepClone() },
                { } message when message["error"] is { } error => answer with { Error = Sentence(error.ToString(), message["remedy"]?.ToString()) },
                _ => answer,
            };
        }

        return answer;
    }

    private static string Sentence(string error, string? remedy) =>
        remedy is null ? error : string.Create(CultureInfo.InvariantCulture, $"{error.TrimEnd('.')}. {remedy}");

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
