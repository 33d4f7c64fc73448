namespace Sandbox.Engine.Definitions.Validation;

/// <summary>The variables that an activity sees: its own, and those of all around it.</summary>
internal sealed class Scope
{
    /// <summary>What a loop offers to its body, by name.</summary>
    private static readonly Variable[] LoopVariables =
        [new("CurrentValue", "CurrentValue", "Object"), new("CurrentIndex", "CurrentIndex", "Int32")];

    private static readonly HashSet<string> Loops = new(StringComparer.Ordinal)
        { "Elsa.For", "Elsa.ForEach", "Elsa.ParallelForEach" };

    private readonly Scope? _parent;
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);

    public Scope(IReadOnlyList<Variable> variables, Scope? parent = null)
    {
        _parent = parent;
        foreach (var variable in variables)
        {
            _variables.TryAdd(variable.Id, variable);
        }
    }

    public Variable? Find(string id) => _variables.GetValueOrDefault(id) ?? _parent?.Find(id);

    public IReadOnlyCollection<string> Ids() => [.. _variables.Keys, .. _parent?.Ids() ?? []];

    /// <summary>The scope inside an activity.</summary>
    public Scope Inside(ActivityNode activity)
    {
        IReadOnlyList<Variable> own = activity.Variables ?? [];
        if (Loops.Contains(activity.Type))
        {
            own = [.. own, .. LoopVariables];
        }

        return own.Count == 0 ? this : new Scope(own, this);
    }
}
