using Sandbox.Components.Plugins.Parts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Plugins;

/// <summary>Puts plugins beside what the sandbox has: nothing may be there twice, and what a part refers to must be there.
/// A plugin that breaks a rule is left out whole.</summary>
internal sealed class PluginUnion(ComponentRegistry own, IReadOnlyCollection<string> ownHooks, ICollection<Fault> faults)
{
    private readonly List<PluginParts> _plugins = [];
    private readonly List<Stage> _stages = [.. Stage.BuiltIn];

    /// <summary>The stages in the order in which they run; known once the plugins are settled.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Takes a plugin, unless it brings what is there already.</summary>
    public void Add(PluginParts parts)
    {
        var hooks = ownHooks.Concat(_plugins.SelectMany(p => p.Hooks).Select(h => h.Descriptor.Name)).ToHashSet(StringComparer.Ordinal);
        var types = own.All.Concat(_plugins.SelectMany(p => p.Components)).Select(c => (c.Factory, c.Type)).ToHashSet();
        var twice = parts.Hooks.Where(h => !hooks.Add(h.Descriptor.Name)).Select(h => h.Descriptor.Name)
            .Concat(parts.Components.Where(c => !types.Add((c.Factory, c.Type))).Select(c => $"{c.Factory} {c.Type}"))
            .Concat(parts.Stages.Select(s => s.Stage).Where(s => Stage.BuiltIn.Contains(s)).Select(s => s.ShortName)).ToList();
        twice.ForEach(name => Refuse(parts, $"there is a {name} already: give it another name."));
        if (twice.Count == 0)
        {
            _plugins.Add(parts);
        }
    }

    /// <summary>The plugins whose parts fit together.</summary>
    public IReadOnlyList<PluginParts> Settled()
    {
        // One that is left out may take from another what it refers to.
        while (_plugins.Find(p => Problem(p) is not null) is { } unfit)
        {
            Refuse(unfit, Problem(unfit)!);
            _plugins.Remove(unfit);
        }

        var waiting = _plugins.SelectMany(p => p.Stages).DistinctBy(s => s.Stage).ToList();
        while (waiting.FirstOrDefault(s => _stages.Exists(known => known.ShortName == s.After)) is { Stage: { } stage, After: { } after } next)
        {
            _stages.Insert(_stages.FindIndex(known => known.ShortName == after) + 1, stage);
            waiting.Remove(next);
        }

        return _plugins;
    }

    private string? Problem(PluginParts parts)
    {
        var factories = own.All.Select(c => c.Factory).Concat(_plugins.SelectMany(p => p.Factories)).ToHashSet(StringComparer.Ordinal);
        var stages = Stage.BuiltIn.Select(s => s.ShortName).Concat(_plugins.SelectMany(p => p.Stages).Select(s => s.Stage.ShortName)).ToHashSet(StringComparer.Ordinal);
        var factory = parts.Components.Select(c => c.Factory).Concat(parts.Hooks.Select(h => h.Descriptor.Factory).OfType<string>())
            .FirstOrDefault(f => !factories.Contains(f));
        if (factory is not null)
        {
            return $"there is no factory \"{factory}\": declare it in the plugin.{Suggestion.For(factory, factories)}";
        }

        var stage = parts.Hooks.SelectMany(h => h.Descriptor.Stages).Select(s => s.ShortName).FirstOrDefault(s => !stages.Contains(s));
        if (stage is not null)
        {
            return $"there is no stage \"{stage}\": declare it in the plugin.{Suggestion.For(stage, stages)}";
        }

        var (follower, after) = parts.Stages.FirstOrDefault(s => !Leads(s.Stage.ShortName, s.After));
        return follower is null ? null : $"the stage \"{follower.ShortName}\" runs after \"{after}\", and there is no such stage before it.{Suggestion.For(after, stages)}";
    }

    // Whether the stages that each follow another begin with one that is built in.
    private bool Leads(string from, string after)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var afters = _plugins.SelectMany(p => p.Stages).DistinctBy(s => s.Stage).ToDictionary(s => s.Stage.ShortName, s => s.After, StringComparer.Ordinal);
        while (!Stage.BuiltIn.Any(s => s.ShortName == after))
        {
            if (!seen.Add(after) || !afters.TryGetValue(after, out var next))
            {
                return false;
            }

            after = next;
        }

        return true;
    }

    private void Refuse(PluginParts parts, string why) =>
        faults.Add(new Fault(new SourceLocation(parts.Origin, 0, 0), $"the plugin is left out: {why}", FaultSeverity.Warning));
}
