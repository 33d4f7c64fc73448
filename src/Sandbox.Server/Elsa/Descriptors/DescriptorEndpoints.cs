using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Server.Access;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Elsa.Descriptors;

/// <summary>What an editor can choose from: activity types, expressions, types of values, strategies. Only what the engine
/// does is offered.</summary>
internal static class DescriptorEndpoints
{
    public static void MapDescriptors(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup(string.Empty).Asks(AccessScopes.Read);
        var descriptors = api.MapGroup("/descriptors");
        descriptors.MapGet("/activities", (ActivityRegistry registry) => Json.List(registry.All.Select(DescriptorJson.Write)))
            .WithSummary("The activity types.");
        descriptors.MapGet("/activities/{typeName}", Activity).WithSummary("An activity type.");
        descriptors.MapPost("/activities/{typeName}/options/{propertyName}", Options).WithSummary("The editor's settings of an input.");
        descriptors.MapGet("/expression-descriptors", () => Json.List(ExpressionTypes.All.Select(Expression))).WithSummary("The expression types.");
        descriptors.MapGet("/variables", Variables).WithSummary("The types of variables.");
        descriptors.MapGet("/storage-drivers", StorageDrivers).WithSummary("Where variables are kept.");
        descriptors.MapGet("/workflow-activation-strategies", () => Json.List([])).WithSummary("When an instance may start: always.");
        descriptors.MapGet("/incident-strategies", IncidentStrategies).WithSummary("What a faulted activity does to the rest.");
        descriptors.MapGet("/log-persistence-strategies", () => Json.List([])).WithSummary("What is logged: everything.");
        descriptors.MapGet("/commit-strategies/workflows", () => Json.List([])).WithSummary("When is committed: after each burst.");
        descriptors.MapGet("/commit-strategies/activities", () => Json.List([])).WithSummary("When is committed: after each burst.");
        descriptors.MapGet("/output-converters", () => Json.List([])).WithSummary("Converters of outputs: none.");
    }

    private static IResult Activity(string typeName, HttpRequest request, ActivityRegistry registry)
    {
        var version = request.Whole("version", 1);
        var found = registry.All.Where(d => d.TypeName == typeName && (version is null || d.Version == version)).MaxBy(d => d.Version);
        return Json.Answer(DescriptorJson.Write(found ?? throw ProblemException.NotFound("activity type", typeName)));
    }

    private static IResult Options(string typeName, string propertyName, ActivityRegistry registry)
    {
        var input = registry.All.FirstOrDefault(d => d.TypeName == typeName)?.Inputs
            .FirstOrDefault(i => string.Equals(i.Name, propertyName, StringComparison.OrdinalIgnoreCase));
        return Json.Answer(new JsonObject
        {
            ["items"] = (input ?? throw ProblemException.NotFound("input", $"{typeName}.{propertyName}")).UiSpecifications.DeepClone(),
        });
    }

    private static JsonObject Expression(string type) => new()
    {
        ["type"] = type,
        ["displayName"] = type,
        ["isSerializable"] = true,
        ["isBrowsable"] = type is ExpressionTypes.Variable or ExpressionTypes.Input,
        ["properties"] = type is ExpressionTypes.Object or ExpressionTypes.Json ? new JsonObject { ["MonacoLanguage"] = "json" } : new JsonObject(),
    };

    private static IResult Variables() => Json.List(TypeAliases.Names.Select(name => new JsonObject
    {
        ["typeName"] = name,
        ["displayName"] = name,
        ["category"] = "Primitives",
        ["description"] = null,
    }));

    private static IResult StorageDrivers() => Json.List([new JsonObject
    {
        ["typeName"] = Variable.InstanceStorage,
        ["displayName"] = "Workflow Instance",
        ["priority"] = 5,
        ["deprecated"] = false,
    }]);

    private static IResult IncidentStrategies() => Json.List(
    [
        Strategy("FaultStrategy", "Fault", "A faulted activity ends the workflow; a retry goes on from there."),
        Strategy("ContinueWithIncidentsStrategy", "Continue with incidents", "Other branches go on as far as they can."),
    ]);

    private static JsonObject Strategy(string typeName, string displayName, string description) => new()
    {
        ["typeName"] = typeName,
        ["displayName"] = displayName,
        ["description"] = description,
    };
}
