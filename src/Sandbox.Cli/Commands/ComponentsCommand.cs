using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Components.Catalogue;
using Sandbox.Workflows;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox components</c>: the hooks and component types that a config can name, with their options.</summary>
internal static class ComponentsCommand
{
    public static Command Build(CliConsole console)
    {
        var json = CommonOptions.Json();
        var markdown = new Option<bool>("--markdown") { Description = "Print the page docs/components.md." };
        var name = new Argument<string?>("name")
        {
            Description = "A hook or a type: show its options.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("components", "List hooks and component types with their options.") { name, markdown, json };
        command.SetAction(parsed =>
        {
            var offer = SandboxServices.Offer();
            var all = ComponentCatalogue.Of(offer.Hooks, offer.Components);
            FaultDisplay.ShowFaults(offer.PluginFaults, console, json: false);
            var wanted = parsed.GetValue(name);
            var entries = wanted is null ? all : Named(all, wanted);
            Show(entries, parsed.GetValue(markdown), parsed.GetValue(json), wanted is not null, console);
            return offer.PluginFaults.Count == 0 ? ExitCodes.Done : ExitCodes.BadUsage;
        });
        return command;
    }

    private static List<CatalogueEntry> Named(IReadOnlyList<CatalogueEntry> all, string name)
    {
        var found = all.Where(e => e.Name == name).ToList();
        return found.Count > 0
            ? found
            : throw new Core.Faults.FaultException(
                $"There is no hook and no component type \"{name}\".{Core.Faults.Suggestion.For(name, all.Select(e => e.Name))}");
    }

    private static void Show(IReadOnlyList<CatalogueEntry> entries, bool markdown, bool json, bool withOptions, CliConsole console)
    {
        if (markdown)
        {
            console.Output.Write(ComponentPage.Of(entries));
        }
        else if (json)
        {
            foreach (var entry in entries)
            {
                console.Json(entry);
            }
        }
        else if (withOptions)
        {
            entries.ToList().ForEach(e => ShowOptions(e, console));
        }
        else
        {
            ShowList(entries, console);
        }
    }

    private static void ShowList(IReadOnlyList<CatalogueEntry> entries, CliConsole console)
    {
        var table = new TextTable("factory", "type", "from", "what it does");
        foreach (var entry in entries)
        {
            table.Row(entry.Kind, entry.Name, entry.Origin, entry.Summary);
        }

        table.Write(console);
    }

    private static void ShowOptions(CatalogueEntry entry, CliConsole console)
    {
        console.Output.WriteLine($"{entry.Kind} {entry.Name}: {entry.Summary}");
        var table = new TextTable("option", "value", "default", "what it does");
        foreach (var option in entry.Options)
        {
            table.Row(option.Key, option.Type, option.Required ? "required" : option.Default, option.Description);
        }

        table.Write(console);
    }
}
