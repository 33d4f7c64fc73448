namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Collects findings.</summary>
internal sealed class Findings
{
    private readonly List<DefinitionFault> _all = [];

    public IReadOnlyList<DefinitionFault> All => _all;

    public void Error(ActivityNode? activity, string message) => Add(activity, message, DefinitionSeverity.Error);

    public void Warning(ActivityNode? activity, string message) => Add(activity, message, DefinitionSeverity.Warning);

    /// <summary>How messages call an activity.</summary>
    public static string Label(ActivityNode activity) =>
        activity.Id.Length > 0 ? $"Activity \"{activity.Id}\" ({activity.Type})" : $"An activity of type {activity.Type}";

    private void Add(ActivityNode? activity, string message, DefinitionSeverity severity) =>
        _all.Add(new DefinitionFault(
            activity?.Id, activity is null ? message : $"{Label(activity)}: {message}", severity));
}
