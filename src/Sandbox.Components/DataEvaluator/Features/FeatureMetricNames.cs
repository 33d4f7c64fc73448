namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Names of the metrics of features.</summary>
internal static class FeatureMetricNames
{
    public const string Fid = "fid";
    public const string Fvd = "fvd";
    public const string Kid = "kid";
    public const string Inception = "inception_score";
    public const string Precision = "precision_recall";

    public static IReadOnlyList<string> All { get; } = [Fid, Fvd, Kid, Inception, Precision];
}
