using Sandbox.Engine.Activities;

namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Goes through the activities: their types, ids and ports; leaves bindings and flowcharts to their own rules.</summary>
internal sealed class ActivityRules(ActivityRegistry registry, WorkflowDefinition definition, Findings findings)
{
    private readonly Dictionary<string, ActivityNode> _seen = new(StringComparer.Ordinal);
    private readonly BindingRules _bindings = new(definition, findings);
    private readonly FlowchartRules _flowcharts = new(registry, findings);
    private readonly string[] _typeNames = [.. registry.All.Select(descriptor => descriptor.TypeName).Distinct(StringComparer.Ordinal)];

    public void Check() => Visit(definition.Root, null, new Scope(definition.Variables));

    private void Visit(ActivityNode activity, ActivityNode? parent, Scope scope)
    {
        CheckId(activity, parent);
        var inside = scope.Inside(activity);
        var descriptor = registry.Find(activity.Type, activity.Version);
        if (descriptor is null)
        {
            findings.Error(activity, UnknownType(activity));
        }
        else
        {
            _bindings.Check(activity, descriptor, inside);
            CheckPorts(activity, descriptor);
        }

        if (activity.Variables is { } variables)
        {
            VariableRules.Check(activity, string.Empty, variables, findings);
        }

        foreach (var child in activity.Children())
        {
            Visit(child, activity, inside);
        }

        _flowcharts.Check(activity);
    }

    private void CheckId(ActivityNode activity, ActivityNode? parent)
    {
        if (activity.Id.Length == 0)
        {
            findings.Error(activity, $"it has no id. Every activity of the flowchart \"{parent?.Id}\" needs one.");
        }
        else if (!_seen.TryAdd(activity.Id, activity))
        {
            findings.Error(activity, $"its id is used twice, also by \"{_seen[activity.Id].NodeId}\". Give it an id of its own.");
        }
    }

    private string UnknownType(ActivityNode activity)
    {
        var versions = registry.All.Where(d => d.TypeName == activity.Type).Select(d => d.Version).Order().ToList();
        return versions.Count > 0
            ? $"version {activity.Version} of this activity type does not exist; there is {string.Join(", ", versions)}."
            : $"the activity type \"{activity.Type}\" does not exist.{Nearest.Hint(activity.Type, _typeNames)}";
    }

    private void CheckPorts(ActivityNode activity, ActivityDescriptor descriptor)
    {
        string[] known = [.. descriptor.Ports.Where(p => p.Type == PortType.Embedded).Select(p => Json.JsonText.Camel(p.Name))];
        foreach (var name in activity.Ports.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            findings.Error(activity, $"it has no port \"{name}\"; what is in it would never run.{Nearest.Hint(name, known)}");
        }
    }
}
