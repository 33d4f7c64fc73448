using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Validation;
using Sandbox.Core.Components;
using Sandbox.Core.Configuration;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Sweeps;
using Sandbox.Workflows.Definitions;

namespace Sandbox.Workflows.Checking;

/// <summary>
/// Checks the activities of the sandbox in a definition before it is published, as the loader checks a YAML: their YAML,
/// hooks, types and options, and what their inputs refer to. Nothing is said of what is known only when it runs: a
/// config in a file, a value from <c>local</c> or an expression.
/// </summary>
internal sealed class SandboxRule(JobInspector inspector) : IDefinitionRule
{
    public IEnumerable<DefinitionFault> Check(WorkflowDefinition definition)
    {
        var faults = new List<DefinitionFault>();
        var references = new ReferenceRule(SandboxLayout.Of(definition));
        foreach (var node in definition.Root.DescendantsAndSelf())
        {
            void Fault(string message) => faults.Add(new DefinitionFault(node.Id, $"Activity {node.Id} ({node.Type}): {message}"));
            var inputs = new ProfileInputs(Literals(node), Fault);
            if (ActivityNames.HookOf(node.Type) is { } hook)
            {
                var placeholders = CheckHook(node, hook, inputs, Fault);
                references.Check(node, inputs, Fault);
                references.CheckPlaceholders(node, placeholders, Fault);
            }
            else if (node.Type == ActivityNames.CheckTargets)
            {
                CheckTargets(inputs, Fault);
            }
            else if (node.Type == ActivityNames.NextIteration)
            {
                CheckIteration(inputs, Fault);
            }
            else if (node.Type == ActivityNames.Sweep)
            {
                CheckSweep(node, Fault);
            }
        }

        return faults;
    }

    // What an expression gives is known only when it runs.
    private static ActivityNode Literals(ActivityNode node) => node with
    {
        Inputs = node.Inputs.Where(i => i.Value.ExpressionType is null or ExpressionTypes.Literal)
            .ToDictionary(i => i.Key, i => i.Value, StringComparer.OrdinalIgnoreCase),
    };

    private IReadOnlyList<KeyValuePair<string, string>> CheckHook(ActivityNode node, string hook, ProfileInputs inputs, Action<string> fault)
    {
        var replaced = inputs.Map(ActivityNames.Input).Select(p => p.Key)
            .Concat(inputs.Map(ActivityNames.Local).Select(p => p.Key)).ToList();
        var dj = Config(node, ActivityNames.DjConfigs, ConfigKeys.DjConfigs, inputs, replaced, fault);
        var extra = Config(node, ActivityNames.ExtraConfigs, ConfigKeys.ExtraConfigs, inputs, replaced, fault);
        if (inputs.Value(ActivityNames.ExtraConfigs) is null or JsonObject && inputs.Text(ActivityNames.ComponentType) is { } type)
        {
            extra = (JsonObject)ComponentChoice.Apply(extra, type)!;
        }

        var found = inspector.Inspect(new JobToInspect(hook, dj, extra) { Replaced = replaced });
        foreach (var problem in found.Faults)
        {
            fault($"{problem.Key}: {problem.Message}");
        }

        if (found.ResultNames is null && inputs.Texts(ActivityNames.Output) is { } outputs && found.Results is { } results && outputs.Count > results)
        {
            fault($"output names {outputs.Count} results, and {hook} gives {results} here: remove \"{outputs[results]}\".");
        }

        inputs.Whole(ActivityNames.MaxAttempts, 1);
        inputs.Duration(ActivityNames.Backoff);
        inputs.Duration(ActivityNames.Timeout);
        inputs.Counts(ActivityNames.Resources);
        foreach (var (key, value) in inputs.Map(ActivityNames.Limits))
        {
            if (JobLimits.Check(key, value?.ToString() ?? string.Empty) is { } problem)
            {
                fault($"limits: {problem}");
            }
        }

        return found.References;
    }

    private static JsonObject? Config(
        ActivityNode node, string input, string key, ProfileInputs inputs, List<string> replaced, Action<string> fault)
    {
        var isBound = node.Inputs.TryGetValue(input, out var binding) && binding.ExpressionType is not (null or ExpressionTypes.Literal);
        switch (inputs.Value(input))
        {
            case JsonObject inline:
                return inline;
            case null:
                // Settings below a config that is not there make it.
                if (isBound || replaced.Exists(r => r.StartsWith(key + ".", StringComparison.Ordinal)))
                {
                    replaced.Add(key);
                }

                return null;
            case JsonValue path when path.GetValueKind() == JsonValueKind.String:
                replaced.Add(key);
                return null;
            default:
                fault($"input \"{input}\" must be a mapping in YAML, or the path of a file that holds one.");
                replaced.Add(key);
                return null;
        }
    }

    private static void CheckTargets(ProfileInputs inputs, Action<string> fault)
    {
        foreach (var text in inputs.Texts(ActivityNames.Targets) ?? [])
        {
            if (IterationTarget.Parse(text, out _) is { } problem)
            {
                fault(problem);
            }
        }

        string[] modes = [TargetModes.All, TargetModes.Any];
        if (inputs.Text(ActivityNames.Mode) is { } mode && !modes.Contains(mode, StringComparer.Ordinal))
        {
            fault($"mode must be all or any, not \"{mode}\".{Suggestion.For(mode, modes)}");
        }
    }

    private static void CheckSweep(ActivityNode node, Action<string> fault)
    {
        if (node.Inputs.TryGetValue(ActivityNames.SweepInput, out var input) && input.ExpressionType is null or ExpressionTypes.Literal)
        {
            var faults = new List<Fault>();
            SweepText.Parse(input?.Value?.ToString() ?? string.Empty, faults);
            faults.ForEach(f => fault(f.ToString()));
        }
    }

    private static void CheckIteration(ProfileInputs inputs, Action<string> fault)
    {
        inputs.Whole(ActivityNames.MaxIterations, 0);
        foreach (var (from, to) in inputs.Map(ActivityNames.Updater))
        {
            if (IterationUpdate.Parse(from, to?.ToString() ?? string.Empty, out _) is { } problem)
            {
                fault(problem);
            }
        }
    }
}
