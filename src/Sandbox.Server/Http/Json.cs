using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Server.Http;

/// <summary>Answers in JSON.</summary>
internal static class Json
{
    private const string ContentType = "application/json; charset=utf-8";

    /// <summary>A node, however deep.</summary>
    public static IResult Answer(JsonNode node, int status = StatusCodes.Status200OK) =>
        Results.Text(DefinitionJson.ToText(node), ContentType, statusCode: status);

    /// <summary>A list as Elsa's API gives it.</summary>
    public static IResult List(IEnumerable<JsonNode> items)
    {
        JsonArray list = [.. items];
        return Answer(new JsonObject { ["items"] = list, ["count"] = list.Count });
    }

    /// <summary>Part of a list as Elsa's API gives it.</summary>
    public static IResult Page(IEnumerable<JsonNode> items, int total) =>
        Answer(new JsonObject { ["items"] = new JsonArray([.. items]), ["totalCount"] = total });

    /// <summary>A list of texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)t)];
}
