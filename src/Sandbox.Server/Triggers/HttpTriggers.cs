using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Template;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Triggers;

namespace Sandbox.Server.Triggers;

/// <summary>A workflow that a request starts.</summary>
/// <param name="Trigger">Its trigger.</param>
/// <param name="Route">The values of the path's parameters.</param>
internal sealed record HttpMatch(StoredTrigger Trigger, JsonObject Route)
{
    /// <summary>Whether the request must bring a key when keys are on.</summary>
    public bool Authorizes => !string.Equals(Trigger.Input("authorize"), bool.FalseString, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request waits for the workflow's answer.</summary>
    public bool IsSync => string.Equals(Trigger.Input("mode"), "sync", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Finds the workflow that a request is for.</summary>
internal sealed class HttpTriggers(TriggerStore triggers)
{
    /// <summary>Where all of them lie, as Elsa's.</summary>
    public const string Root = "/workflows";

    /// <summary>The workflow of a path below <see cref="Root"/> and a method; null for none.</summary>
    public async Task<HttpMatch?> FindAsync(string path, string method, CancellationToken cancellationToken)
    {
        foreach (var trigger in await triggers.OfTypeAsync("Elsa.HttpEndpoint", cancellationToken))
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
