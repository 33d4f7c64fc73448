using System.Text.Json.Nodes;

namespace Sandbox.Components.Tests.Testing;

/// <summary>Reads the plain recipes among the reference files: scalars, and a list of operators with scalar options.</summary>
internal static class SimpleYaml
{
    public static JsonObject Recipe(string path)
    {
        var recipe = new JsonObject();
        var process = new JsonArray();
        foreach (var line in File.ReadLines(path).Where(l => l.Trim().Length > 0))
        {
            var (key, value) = (line.Split(':')[0].Trim(' ', '-'), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (line.TrimStart().StartsWith('-'))
            {
                process.Add(new JsonObject { [key] = new JsonObject() });
            }
            else if (line.StartsWith(' '))
            {
                process[^1]!.AsObject().First().Value!.AsObject()[key] = Scalar(value);
            }
            else
            {
                recipe[key] = key == "process" ? process : Scalar(value);
            }
        }

        return recipe;
    }

    private static JsonNode Scalar(string text) =>
        text is "true" or "false" || char.IsAsciiDigit(text[0]) || text[0] == '-' ? JsonNode.Parse(text)! : JsonValue.Create(text)!;
}
