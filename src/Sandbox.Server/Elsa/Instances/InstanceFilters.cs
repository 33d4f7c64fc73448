using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Http;

namespace Sandbox.Server.Elsa.Instances;

/// <summary>Reads Elsa's filters of instances, from a body or from a query.</summary>
internal static class InstanceFilters
{
    public static InstanceFilter Read(JsonObject body)
    {
        var take = body.Whole("pageSize", 0, QueryFields.MostRows) ?? QueryFields.MostRows;
        return new InstanceFilter
        {
            Ids = NotEmpty(body.Texts("ids")),
            SearchTerm = body.Text("searchTerm"),
            DefinitionIds = Union(body.Text("definitionId"), body.Texts("definitionIds")),
            DefinitionVersionIds = Union(body.Text("definitionVersionId"), body.Texts("definitionVersionIds")),
            CorrelationId = body.Text("correlationId") is { Length: > 0 } correlation ? correlation : null,
            Version = body.Whole("version"),
            HasIncidents = body.Flag("hasIncidents"),
            Statuses = Names<WorkflowStatus>(body, "status", "statuses"),
            SubStatuses = Names<WorkflowSubStatus>(body, "subStatus", "subStatuses"),
            Times = Times(body),
            OrderBy = Order(body),
            Descending = !string.Equals(body.Text("orderDirection"), "Ascending", StringComparison.OrdinalIgnoreCase),
            Skip = QueryFields.Skip(body.Whole("page", 0), take),
            Take = take,
        };
    }

    /// <summary>The members of a query as a body.</summary>
    public static JsonObject FromQuery(HttpRequest request)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["searchTerm", "definitionId", "definitionVersionId", "correlationId", "status", "subStatus", "orderBy", "orderDirection"])
        {
            body[name] = request.Text(name);
        }

        foreach (var name in (string[])["ids", "definitionIds", "definitionVersionIds", "statuses", "subStatuses"])
        {
            body[name] = request.Texts(name) is { } texts ? Json.Texts(texts) : null;
        }

        (body["page"], body["pageSize"], body["version"]) = (request.Whole("page"), request.Whole("pageSize"), request.Whole("version"));
        body["hasIncidents"] = request.Flag("hasIncidents");
        return body;
    }

    private static InstanceOrder Order(JsonObject body) => body.Text("orderBy")?.ToUpperInvariant() switch
    {
        null or "" or "CREATED" or "CREATEDAT" => InstanceOrder.CreatedAt,
        "UPDATEDAT" or "LASTEXECUTED" => InstanceOrder.UpdatedAt,
        "FINISHED" or "FINISHEDAT" => InstanceOrder.FinishedAt,
        "NAME" => InstanceOrder.Name,
        _ => throw ProblemException.Bad($"orderBy is \"{body.Text("orderBy")}\"; it must be Created, UpdatedAt, Finished or Name."),
    };

    private static List<TimeCondition> Times(JsonObject body)
    {
        if (body["timestampFilters"] is not { } filters)
        {
            return [];
        }

        return filters is JsonArray list
            ? [.. list.Select(f => Time(f as JsonObject ?? throw ProblemException.Bad("A timestamp filter must be an object.")))]
            : throw ProblemException.Bad("\"timestampFilters\" must be a list.");
    }

    private static TimeCondition Time(JsonObject filter)
    {
        var column = JsonFields.Name<InstanceOrder>("column", filter.Text("column") is { Length: > 0 } name ? name : "?");
        var text = filter.Text("timestamp");
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        return column != InstanceOrder.Name && isTime
            ? new TimeCondition(column, filter.Name<TimeOperator>("operator") ?? TimeOperator.Is, time)
            : throw ProblemException.Bad($"A timestamp filter needs a column (CreatedAt, UpdatedAt, FinishedAt) and a time; \"{text}\" is none.");
    }

    private static List<T> Names<T>(JsonObject body, string single, string several)
        where T : struct, Enum
    {
        List<T> names = [.. (body.Texts(several) ?? []).Select(text => JsonFields.Name<T>(several, text))];
        if (body.Name<T>(single) is { } one)
        {
            names.Add(one);
        }

        return names;
    }

    private static IReadOnlyList<string>? Union(string? one, IReadOnlyList<string>? several) =>
        NotEmpty([.. several ?? [], .. string.IsNullOrEmpty(one) ? Array.Empty<string>() : [one]]);

    private static IReadOnlyList<string>? NotEmpty(IReadOnlyList<string>? texts) => texts is { Count: > 0 } ? texts : null;
}
