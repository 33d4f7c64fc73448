using Sandbox.Server.Elsa.Definitions;
using Sandbox.Server.Elsa.Descriptors;
using Sandbox.Server.Elsa.Executions;
using Sandbox.Server.Elsa.Instances;

namespace Sandbox.Server.Elsa;

/// <summary>Elsa 3.8's REST API, as Studio 3.8.2 and <c>Elsa.Api.Client</c> use it.</summary>
internal static class ElsaApi
{
    /// <summary>Where it lies.</summary>
    public const string Root = "/elsa/api";

    public static void MapElsaApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).WithTags("Elsa");
        api.MapDefinitionReads();
        api.MapDefinitionWrites();
        api.MapDefinitionFiles();
        api.MapDefinitionGraph();
        api.MapExecute();
        api.MapInstances();
        api.MapInstanceChanges();
        api.MapInstanceFiles();
        api.MapJournal();
        api.MapExecutions();
        api.MapActivityTests();
        api.MapAlterations();
        api.MapEvents();
        api.MapDescriptors();
        api.MapFeatures();
    }
}
