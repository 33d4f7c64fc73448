using System.Text.Json.Nodes;

namespace Sandbox.Data.Execution.Resuming;

/// <summary>A checkpoint: which operators were done on which data, and what had been counted.</summary>
/// <param name="Fingerprint">Of the data and of all operators before.</param>
/// <param name="Stage">The stage that comes next.</param>
/// <param name="Rows">Rows kept.</param>
/// <param name="Tally">Counts.</param>
/// <param name="Traced">Lines of the trace folder, by slot.</param>
internal sealed record CheckpointRecord(string Fingerprint, int Stage, int Rows, TallyState Tally, JsonObject? Traced);
