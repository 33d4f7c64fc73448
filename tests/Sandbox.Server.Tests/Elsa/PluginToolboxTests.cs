using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>Plugins in the toolbox of Studio.</summary>
public sealed class PluginToolboxTests
{
    [Fact]
    public async Task Hooks_and_types_of_plugins_stand_in_the_toolbox()
    {
        var root = Directory.CreateTempSubdirectory("sandbox-toolbox-");
        try
        {
            var plugin = root.CreateSubdirectory("home/plugins/ship").FullName;
            await File.WriteAllTextAsync(Path.Combine(plugin, "plugin.yaml"), """
                command: [python3, ship.py]
                stages: [{name: ship}]
                factories: [ShipperFactory]
                hooks:
                  - {name: ShipHook, stages: [ship], factory: ShipperFactory, summary: Ships.}
                components:
                  - {factory: ShipperFactory, type: sea, summary: By sea.}
                  - {factory: DataEvaluatorFactory, type: weight, summary: Weighs.}

                """);
            await using var server = await TestServer.StartAsync(root.FullName);

            var items = (await server.GetAsync("/elsa/api/descriptors/activities"))["items"]!.AsArray();

            var hook = items.Single(i => i!["typeName"]!.ToString() == "Sandbox.ShipHook")!;
            hook["category"]!.ToString().ShouldBe("5 Ship");
            hook["inputs"]!.AsArray().Single(i => i!["name"]!.ToString() == "ComponentType")!["description"]!.ToString().ShouldContain("sea: By sea.");
            items.Single(i => i!["typeName"]!.ToString() == "Sandbox.EvaluateDataHook")!.ToJsonString().ShouldContain("\"value\":\"weight\"");
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
