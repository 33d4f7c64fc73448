using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Triggers;
using Sandbox.Server.Http;

namespace Sandbox.Server.Triggers;

/// <summary>A workflow that a request starts, or a run that waits for it.</summary>
/// <param name="Trigger">Its trigger; of a run that waits, what its activity says.</param>
/// <param name="Route">The values of the path's parameters.</param>
/// <param name="Waiting">The bookmark that waits; null where a run is started.</param>
internal sealed record HttpMatch(StoredTrigger Trigger, JsonObject Route, WaitingBookmark? Waiting = null)
{
    /// <summary>Whether the request must bring a key when keys are on.</summary>
    public bool Authorizes => !string.Equals(Trigger.Input("authorize"), bool.FalseString, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request waits for the workflow's answer.</summary>
    public bool IsSync => string.Equals(Trigger.Input("mode"), "sync", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Finds the workflow that a request is for.</summary>
internal sealed class HttpTriggers(TriggerStore triggers, InstanceQueries instances)
{
    /// <summary>Where all of them lie, as Elsa's.</summary>
    public const string Root = "/workflows";

    /// <summary>The header that ties a request to a run, and a run to something outside.</summary>
    public const string CorrelationHeader = "X-Correlation-Id";

    private const string EndpointType = "Elsa.HttpEndpoint";

    /// <summary>What a path below <see cref="Root"/> and a method are for: runs that wait, before workflows that start; null for
    /// nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="method">The method.</param>
    /// <param name="correlationId">Only a run that is tied to this; null for any.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="ProblemException">Several runs wait for it.</exception>
    public async Task<HttpMatch?> FindAsync(string path, string method, string? correlationId, CancellationToken cancellationToken)
    {
        var waiting = (await instances.WaitingAsync(EndpointType, cancellationToken))
            .Select(b => (Bookmark: b, Trigger: new StoredTrigger(string.Empty, string.Empty, string.Empty, EndpointType, null, b.Payload, null)))
            .Where(b => Allows(b.Trigger, method) && Match(b.Trigger, path) is not null && (correlationId is null || b.Bookmark.CorrelationId == correlationId))
            .ToList();
        if (waiting.Count > 1)
        {
            throw ProblemException.Conflict(FormattableString.Invariant(
                $"{waiting.Count} runs wait for this request. Let each wait at a path of its own, or say X-Correlation-Id."));
        }

        if (waiting is [var one])
        {
            return new HttpMatch(one.Trigger, Match(one.Trigger, path)!, one.Bookmark);
        }

        foreach (var trigger in await triggers.OfTypeAsync(EndpointType, cancellationToken))
        {
            if (Allows(trigger, method) && Match(trigger, path) is { } route)
            {
                return new HttpMatch(trigger, route);
            }
        }

        return null;
    }

    private static bool Allows(StoredTrigger trigger, string method)
    {
        var methods = trigger.Inputs.FirstOrDefault(i => i.Key.Equals("supportedMethods", StringComparison.OrdinalIgnoreCase)).Value;
        var list = methods as JsonArray ?? (methods is JsonValue text && text.TryGetValue<string>(out var json) ? Parse(json) : null);
        return list is null or { Count: 0 }
            ? method is "GET"
            : list.Any(m => string.Equals(m?.ToString(), method, StringComparison.OrdinalIgnoreCase));
    }

    // An editor sends a list as its JSON, a person writes it with commas.
    private static JsonArray? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonArray;
        }
        catch (System.Text.Json.JsonException)
        {
            return [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(m => (JsonNode?)m)];
        }
    }

    private static JsonObject? Match(StoredTrigger trigger, string path)
    {
        try
        {
            var template = TemplateParser.Parse(HttpStimulus.Normalize(trigger.Input("path") ?? string.Empty));
            var values = new RouteValueDictionary();
            return new TemplateMatcher(template, []).TryMatch("/" + path.Trim('/'), values)
                ? new JsonObject(values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value?.ToString())))
                : null;
        }
        catch (ArgumentException)
        {
            // A path that is no template matches nothing.
            return null;
        }
    }
}
