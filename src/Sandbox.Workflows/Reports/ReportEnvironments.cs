using System.Text.Json.Nodes;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>What was installed in the Python environments that a run's programs ran in.</summary>
internal static class ReportEnvironments
{
    /// <summary>A text an environment, each once, with the jobs that ran in it.</summary>
    public static IEnumerable<ReportText> Of(RunView run) => run.Jobs
        .Where(j => j.Environment is not null)
        .GroupBy(j => j.Environment!.ToJsonString(), StringComparer.Ordinal)
        .Select(g => Text(g.First().Environment!, string.Join(", ", g.Select(j => j.MetaName ?? j.Hook).Distinct(StringComparer.Ordinal))));

    private static ReportText Text(JsonObject environment, string jobs) => new(
        $"environment {environment["name"]} ({environment["manager"]}) of {jobs}",
        string.Join('\n', new[] { environment["python"] }.Concat(environment["packages"] as JsonArray ?? []).Select(p => p?.ToString())));
}
