using Sandbox.Components.Catalogue;
using Sandbox.Components.Programs;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Tests.Plugins;

/// <summary>What plugins bring, and what is wrong with them, before anything runs.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Good = """
        command: [python3, a.py]
        stages:
          - {name: ship, after: pack}
          - {name: pack, after: execute}
        factories: [ShipperFactory]
        hooks:
          - {name: ShipHook, stages: [ship], factory: ShipperFactory, summary: Ships.}
        components:
          - factory: ShipperFactory
            type: sea
            summary: By sea.
            options:
              goods: {path: read, required: true, description: What to ship.}
              tons: {type: number, min: 0, max: 10, default: 1.5, description: How much.}
              boxes: {type: whole_number, default: 3, description: How many.}
              fast: {type: flag, default: true, description: Whether it hurries.}
              ports: {type: list, description: Where to.}

        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sandbox-plugins-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_manifests_parts_stand_beside_the_sandboxs_own()
    {
        Write("a", Good);

        var offer = Offer();

        offer.PluginFaults.ShouldBeEmpty();
        offer.Stages.Select(s => s.ShortName).ShouldBe(["probe", "refine", "execute", "pack", "ship", "evaluate"]);
        offer.Hooks.Find("ShipHook")!.Descriptor.Stages.ShouldBe([Stage.Named("ship")]);
        var entry = ComponentCatalogue.Of(offer.Hooks, offer.Components).Single(e => e.Name == "sea");
        entry.Options.Take(5).Select(o => $"{o.Key}: {o.Type} = {o.Default}").ShouldBe(
            ["goods: path to read = ", "tons: number = 1.5", "boxes: whole number = 3", "fast: true or false = true", "ports: text, or a list = "]);
    }

    [Theory]
    [InlineData("command: [python3, a.py]", "comand: [python3, a.py]", "plugin.yaml:1:1: warning: the plugin is left out: comand: unknown option \"comand\". Did you mean \"command\"?")]
    [InlineData("summary: By sea.", "sumary: By sea.", "plugin.yaml:11:5: warning: the plugin is left out: components.0.sumary: unknown option")]
    [InlineData("type: number", "type: numbr", "plugin.yaml:14:14: warning: the plugin is left out: components.0.options.tons.type: option \"type\" must be one of")]
    [InlineData("default: 1.5", "default: much", "components.0.options.tons.default: \"much\" is no default for a number.")]
    [InlineData("after: execute", "after: exekute", "the stage \"ship\" runs after \"pack\", and there is no such stage before it.")]
    [InlineData("after: execute", "after: ship", "runs after")]
    [InlineData("name: ship,", "name: Ship!,", "\"Ship!\" cannot be the name of a stage")]
    [InlineData("factories: [ShipperFactory]", "factories: [ShippersFactory]", "there is no factory \"ShipperFactory\": declare it in the plugin. Did you mean \"ShippersFactory\"?")]
    [InlineData("name: ShipHook", "name: ProcessDataHook", "there is a ProcessDataHook already")]
    [InlineData("name: ShipHook", "name: Shipping", "must be of letters and digits and end with \"Hook\"")]
    [InlineData("factory: ShipperFactory\n    type: sea", "factory: DataEvaluatorFactory\n    type: mse", "there is a DataEvaluatorFactory mse already")]
    [InlineData("stages: [ship]", "stages: [ship", "plugin.yaml:")]
    public void A_plugin_with_a_fault_is_left_out_whole_and_named(string right, string wrong, string fault)
    {
        Write("a", Good.Replace(right, wrong, StringComparison.Ordinal));

        var offer = Offer();

        string.Join('\n', offer.PluginFaults).ShouldContain(fault);
        offer.Hooks.Find("ShipHook").ShouldBeNull();
        offer.Stages.ShouldBe(Stage.BuiltIn);
        offer.Components.Of("DataEvaluatorFactory").Count(c => c.Type == "mse").ShouldBe(1);
    }

    [Fact]
    public void Of_two_plugins_with_the_same_hook_the_first_by_name_stays()
    {
        Write("a", Good);
        Write("b", Good);

        var offer = Offer();

        offer.Hooks.Find("ShipHook")!.Descriptor.Origin.ShouldBe(Path.Combine(_directory.FullName, "a", "plugin.yaml"));
        offer.PluginFaults.ShouldNotBeEmpty();
        offer.PluginFaults.ShouldAllBe(f => f.Location!.File.EndsWith("b/plugin.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_plugin_is_passed_over_and_what_cannot_be_read_is_named()
    {
        // A library that a plugin may need, which does not refer to the sandbox.
        File.Copy(typeof(System.Text.Json.JsonDocument).Assembly.Location, Path.Combine(_directory.FullName, "System.Text.Json.dll"));
        File.WriteAllText(Path.Combine(_directory.FullName, "no.dll"), "no library");
        File.WriteAllText(Path.Combine(_directory.FullName, "read.me"), "text");

        Offer().PluginFaults.ShouldHaveSingleItem().Location!.File.ShouldEndWith("no.dll");
    }

    private SandboxOffer Offer() => SandboxOffer.Of(new ProgramHost(TimeProvider.System), [_directory.FullName, "/there is no such directory"]);

    private void Write(string name, string manifest)
    {
        _directory.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(_directory.FullName, name, "plugin.yaml"), manifest);
    }
}
