using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.Plugins.Parts;
using Sandbox.Components.Plugins.Protocol;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Plugins.Manifests;

/// <summary>Reads a <c>plugin.yaml</c>: the program is not run for it.</summary>
internal sealed class ManifestPlugin
{
    private readonly string _path;
    private readonly ConfigNode _root;
    private readonly ICollection<Fault> _faults;

    private ManifestPlugin(string path, ConfigNode root, ICollection<Fault> faults) => (_path, _root, _faults) = (path, root, faults);

    /// <summary>The parts that it declares; null, and faults, where something is wrong.</summary>
    public static PluginParts? Read(string path, ProcessSupervision supervision, ICollection<Fault> faults)
    {
        var found = new List<Fault>();
        try
        {
            var root = ConfigParser.Parse(File.ReadAllBytes(path), path, found);
            if (root is ConfigMapping map)
            {
                return new ManifestPlugin(path, map, found).Read(map.ToJson(), supervision) is { } parts && found.Count == 0 ? parts : null;
            }

            if (root is not null)
            {
                found.Add(new Fault(root.Location, $"a plugin's manifest is a mapping of command, hooks, components and the like, not {root.Noun}."));
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found.Add(new Fault(new SourceLocation(path, 0, 0), $"the manifest cannot be read: {FileFault.Reason(e)}."));
            return null;
        }
        finally
        {
            found.ForEach(f => faults.Add(f with { Message = $"the plugin is left out: {f.Message}", Severity = FaultSeverity.Warning }));
        }
    }

    private PluginParts Read(JsonObject json, ProcessSupervision supervision)
    {
        var manifest = Bind<ManifestEntry>(json, string.Empty);
        var parts = new PluginParts(_path);
        var program = new PluginProgram(supervision, [.. manifest.Command.Select(Beside)]);
        Each<StageEntry>(manifest.Stages, "stages", (entry, draft) => draft.Parts.Stage(entry.Name, entry.After), parts);
        parts.Factories.AddRange(manifest.Factories);
        Each<HookEntry>(manifest.Hooks, "hooks", (entry, draft) => AddHook(entry, program, draft), parts);
        Each<ComponentEntry>(manifest.Components, "components", (entry, draft) => AddComponent(entry, program, draft), parts);
        return parts;
    }

    private static void AddHook(HookEntry entry, PluginProgram program, KeyedDraft draft)
    {
        var options = entry.Factory is null ? draft.Options(entry.Name, entry.Options) : null;
        var descriptor = new HookDescriptor(
            entry.Name, [.. entry.Stages.Where(Stage.IsName).Select(Stage.Named)], entry.Factory, entry.Summary, entry.UsesDjConfigs,
            entry.Factory is not null || entry.Options.Count > 0)
        {
            OptionsType = options,
        };
        draft.Parts.Hook(descriptor, starter => new PluginHook(
            draft.Parts.Marked(descriptor),
            (bound, s) => entry.Factory is { } factory ? new StartingHook(factory, s) : new ProgramHook(program, entry.Name, bound!),
            starter));
    }

    private static void AddComponent(ComponentEntry entry, PluginProgram program, KeyedDraft draft)
    {
        if (draft.Options(entry.Type, entry.Options) is { } options)
        {
            draft.Parts.Component(new ComponentDescriptor
            {
                Factory = entry.Factory,
                Type = entry.Type,
                Summary = entry.Summary,
                OptionsType = options,
                NamedResults = entry.Results.Count == 0 ? null : _ => [.. entry.Results.Select(name => new NamedResult(name, null))],
                Results = Math.Max(1, entry.Results.Count),
                Create = bound => new ProgramComponent(program, entry.Factory, entry.Type, entry.Results, bound),
            });
        }
    }

    private void Each<T>(JsonArray items, string key, Action<T, KeyedDraft> add, PluginParts parts)
        where T : class, new()
    {
        foreach (var (i, item) in items.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{key}.{i}");
            var before = _faults.Count;
            var entry = item is JsonObject map ? Bind<T>(map, place) : null;
            if (entry is null)
            {
                Fault(place, "must be a mapping.");
            }
            else if (_faults.Count == before)
            {
                add(entry, new KeyedDraft(this, new PartsDraft(parts, message => Fault(place, message)), place));
            }
        }
    }

    private T Bind<T>(JsonObject json, string place)
        where T : class, new()
    {
        var faults = new List<OptionFault>();
        var bound = (T)OptionsBinder.Bind(typeof(T), json, faults);
        faults.ForEach(f => Fault(string.Join('.', new[] { place, f.Key }.Where(p => p.Length > 0)), f.Message));
        return bound;
    }

    private void Fault(string key, string message) => _faults.Add(new Fault(Locate(key), $"{(key.Length > 0 ? key + ": " : string.Empty)}{message}"));

    private SourceLocation Locate(string key)
    {
        var (node, place) = (_root, _root.Location);
        foreach (var part in key.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (node)
            {
                case ConfigMapping map when map.Find(part) is { } entry:
                    (node, place) = (entry.Value, entry.KeyLocation);
                    break;
                case ConfigSequence list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count:
                    (node, place) = (list.Items[index], list.Items[index].Location);
                    break;
                default:
                    return place;
            }
        }

        return place;
    }

    private string Beside(string argument)
    {
        var file = Path.Combine(Path.GetDirectoryName(_path)!, argument);
        return File.Exists(file) ? file : argument;
    }

    /// <summary>The draft of one entry, which knows where it stands.</summary>
    private sealed record KeyedDraft(ManifestPlugin Manifest, PartsDraft Parts, string Place)
    {
        public Type? Options(string owner, JsonObject options)
        {
            var before = Manifest._faults.Count;
            var entries = options
                .Select(o => (o.Key, Entry: Manifest.Bind<OptionEntry>(o.Value as JsonObject ?? [], $"{Place}.options.{o.Key}"))).ToList();
            return Manifest._faults.Count == before ? ManifestOptionsType.Make(owner, entries) : null;
        }
    }
}
