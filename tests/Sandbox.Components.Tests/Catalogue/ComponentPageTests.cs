using Sandbox.Components.Catalogue;
using Sandbox.Core.Components.Options;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.Catalogue;

public sealed class ComponentPageTests
{
    private static readonly IReadOnlyList<CatalogueEntry> Entries =
        ComponentCatalogue.Of(BuiltIn.Hooks(BuiltIn.Components()), BuiltIn.Components());

    [Fact]
    public void The_page_in_the_documentation_is_what_the_attributes_say() =>
        File.ReadAllText(Path.Combine(Reference.Repository, "docs", "components.md")).ShouldBe(
            ComponentPage.Of(Entries), "docs/components.md is stale: sandbox components --markdown > docs/components.md");

    [Fact]
    public void Every_option_says_what_it_is_for() =>
        Entries.SelectMany(e => e.Options.Where(o => o.Description.Length < 8).Select(o => $"{e.Kind} {e.Name} {o.Key}")).ShouldBeEmpty();

    [Fact]
    public void Every_type_and_hook_with_options_of_its_own_lists_them() =>
        Entries.Where(e => e.Options.Count == 0).Select(e => e.Name).ShouldBe(
            Entries.Where(e => e.Kind == "hook" && BuiltIn.Hooks(BuiltIn.Components()).Find(e.Name)!.Descriptor.OptionsType is null).Select(e => e.Name));

    [Fact]
    public void Nested_options_defaults_and_bounds_are_told()
    {
        var options = CatalogueOption.Of(typeof(Outer));

        options.Select(o => o.Key).ShouldBe(["inner", "inner.size", "mode", "paths"]);
        options[1].ShouldBe(new CatalogueOption("inner.size", "whole number", "3", false, "How large. 1 to 9."));
        options[2].Description.ShouldBe("How. One of `a`, `b`.");
        options[3].ShouldBe(new CatalogueOption("paths", "path to read, or a list", null, true, "What to read."));
    }

    private sealed class Outer
    {
        [Option("inner", Description = "the inner ones")]
        public Inner Inner { get; set; } = new();

        [Option("mode", OneOf = ["a", "b"], Description = "How.")]
        public string Mode { get; set; } = "a";

        [Option("paths", Required = true, Path = PathAccess.Read, Description = "What to read.")]
        public List<string> Paths { get; set; } = [];
    }

    private sealed class Inner
    {
        [Option("size", Min = 1, Max = 9, Description = "How large.")]
        public int Size { get; set; } = 3;
    }
}
