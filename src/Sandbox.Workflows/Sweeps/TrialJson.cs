using System.Text.Json.Nodes;
using Sandbox.Optimization.Studies;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Trials as rows and back. JSON has no word for NaN: null stands for it.</summary>
internal static class TrialJson
{
    public static SweepTrial Read(TrialRow row) => new(row.Number, JsonNode.Parse(row.Parameters)!.AsObject())
    {
        State = Enum.Parse<TrialState>(row.State, ignoreCase: true),
        Values = [.. JsonNode.Parse(row.Values)!.AsArray().Select(Number)],
        History = [.. JsonNode.Parse(row.History)!.AsArray().Select(r => new TrialReport(r![0]!.GetValue<long>(), Number(r[1])))],
        Rung = row.Rung,
        PromotedFrom = row.PromotedFrom,
    };

    public static TrialRow Write(SweepTrial trial, string sweepId, string? runId) => new()
    {
        SweepId = sweepId,
        Number = trial.Number,
        RunId = runId,
        Parameters = trial.Parameters.ToJsonString(),
        State = StateOf(trial.State),
        Values = new JsonArray([.. trial.Values.Select(Node)]).ToJsonString(),
        History = new JsonArray([.. trial.History.Select(r => (JsonNode)new JsonArray(r.Step, Node(r.Value)))]).ToJsonString(),
        Rung = trial.Rung,
        PromotedFrom = trial.PromotedFrom,
    };

    public static string StateOf(TrialState state) => state.ToString().ToLowerInvariant();

    private static double Number(JsonNode? node) => node?.GetValue<double>() ?? double.NaN;

    private static JsonNode? Node(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
