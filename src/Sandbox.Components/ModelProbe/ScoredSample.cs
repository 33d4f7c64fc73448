using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Components.ModelProbe;

/// <summary>A sample with what a model says of it.</summary>
/// <param name="Row">The sample.</param>
/// <param name="Score">How hard it is for the model, larger is harder; NaN where it cannot be said.</param>
/// <param name="Details">What else the model said.</param>
internal sealed record ScoredSample(Row Row, double Score, JsonObject Details);
