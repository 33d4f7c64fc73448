using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Definitions;

namespace Sandbox.Workflows.Checking;

/// <summary>Checks which results the inputs of a hook activity take, and what they and <c>local</c> set.</summary>
internal sealed class ReferenceRule
{
    private const string Nameless = "anonymous_meta_name";
    private readonly SandboxLayout _layout;
    private readonly Dictionary<string, JobPlace> _places;
    private readonly List<string> _jobs;
    private readonly bool _areNamesKnown;

    public ReferenceRule(SandboxLayout layout)
    {
        _layout = layout;
        _places = layout.Jobs.ToDictionary(j => j.Activity.Id, StringComparer.Ordinal);
        _jobs = [.. layout.Jobs.Select(j => $"{j.Pipeline}.{NameOf(j.Activity)}").Distinct(StringComparer.Ordinal)];
        _areNamesKnown = layout.Jobs.All(j => !j.Activity.Inputs.TryGetValue(ActivityNames.MetaName, out var name)
            || name.ExpressionType is null or ExpressionTypes.Literal);
    }

    public void Check(ActivityNode node, ProfileInputs inputs, Action<string> fault)
    {
        foreach (var (key, from) in inputs.Map(ActivityNames.Input))
        {
            CheckKey(ActivityNames.Input, key, fault);
            var source = from?.ToString() ?? string.Empty;
            if ((ContextKey.Parse(source, out var context) ?? Problem(node, context!)) is { } problem)
            {
                fault($"input \"{key}\": {problem}");
            }
        }

        foreach (var (key, _) in inputs.Map(ActivityNames.Local))
        {
            CheckKey(ActivityNames.Local, key, fault);
        }
    }

    /// <summary>Checks the context infos that placeholders stand for: what is first may be a pipeline, or a job of the same.</summary>
    public void CheckPlaceholders(ActivityNode node, IEnumerable<KeyValuePair<string, string>> references, Action<string> fault)
    {
        foreach (var (key, reference) in references)
        {
            var own = _places.TryGetValue(node.Id, out var place) ? place.Pipeline : string.Empty;
            if (Problem(node, $"{own}.{reference}") is { } problem && Problem(node, reference) is not null)
            {
                fault($"{key}: {{{{ {reference} }}}}: {problem}");
            }
        }
    }

    private static void CheckKey(string input, string key, Action<string> fault)
    {
        var first = key.Split('.')[0];
        if (!ConfigKeys.IsJobConfig(first))
        {
            fault($"{input} cannot set \"{key}\": the key must start with dj_configs or extra_configs.{Suggestion.For(first, [ConfigKeys.DjConfigs, ConfigKeys.ExtraConfigs])}");
        }
    }

    private string? Problem(ActivityNode node, string reference) => ContextKey.Parse(reference, out var key) ?? Problem(node, key!);

    private string? Problem(ActivityNode node, ContextKey key)
    {
        if (key.IsPrevious)
        {
            return _places.TryGetValue(node.Id, out var place) ? Previous(place, key) : null;
        }

        var text = key.ToString();
        return !_areNamesKnown || _jobs.Exists(job => text.StartsWith(job + ".", StringComparison.Ordinal))
            ? null
            : $"no job of this workflow is \"{key.Pipeline}.{key.MetaName}\".{Suggestion.For($"{key.Pipeline}.{key.MetaName}", _jobs)}";
    }

    private string? Previous(JobPlace place, ContextKey key)
    {
        if (place.InParallel)
        {
            return $"\"{key}\" means the last job before, and here branches run in parallel{Candidates(place)}: name the job that is meant, <pipeline>.<meta_name>.{key.Output}.";
        }

        return place.Before.Count == 0
            ? $"\"{key}\" means the last job before, and there is none: no job runs before this one."
            : null;
    }

    private string Candidates(JobPlace place) => place.Before.Count < 2
        ? string.Empty
        : $" ({string.Join(" or ", place.Before.Select(id => $"{_layout[id].Pipeline}.{NameOf(_layout[id].Activity)}"))})";

    private static string NameOf(ActivityNode node) =>
        node.Inputs.TryGetValue(ActivityNames.MetaName, out var name) && name.Value?.ToString() is { Length: > 0 } text ? text : Nameless;
}
