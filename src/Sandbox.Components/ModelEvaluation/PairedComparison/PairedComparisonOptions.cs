using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelEvaluation.PairedComparison;

/// <summary>Options of <c>type: paired_comparison</c>.</summary>
internal sealed class PairedComparisonOptions : IValidatableOptions
{
    [Option("metric", Required = true, Description = "what was measured, as in test perplexity.")]
    public string Metric { get; init; } = string.Empty;

    [Option("lower_is_better", Description = "whether a smaller value is better, as with perplexity.")]
    public bool LowerIsBetter { get; init; } = true;

    [Option("candidate", Required = true, Description = "the group that is held against the others.")]
    public string Candidate { get; init; } = string.Empty;

    [Option("groups", Required = true, Description = "name of a group: its values, one a repetition, in the same order in every group.")]
    public JsonObject Groups { get; init; } = [];

    public void Validate(Action<string, string> fault)
    {
        if (Groups.Count > 0 && !Groups.ContainsKey(Candidate))
        {
            fault("candidate", $"\"{Candidate}\" is no group: there are {string.Join(", ", Groups.Select(g => g.Key))}.");
        }

        var counts = Groups.Select(g => (g.Value as JsonArray)?.Count ?? 0).Distinct().ToList();
        if (Groups.Count < 2 || counts.Count != 1 || counts[0] == 0)
        {
            fault("groups", "\"groups\" needs two lists or more, all of the same length.");
        }
        else if (Groups.SelectMany(g => g.Value!.AsArray()).Any(v => v?.GetValueKind() != JsonValueKind.Number))
        {
            fault("groups", "\"groups\" must hold numbers only.");
        }
    }
}
