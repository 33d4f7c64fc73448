namespace Sandbox.Workflows.Promotion;

/// <summary>What is to be promoted.</summary>
/// <param name="Run">The run's id, enough of its beginning, or <c>last</c>; of a sweep the best trial is taken.</param>
/// <param name="Dataset">The large data set: a file, a directory or a glob.</param>
/// <param name="Directory">Where the recipes are written, full path.</param>
public sealed record PromotionRequest(string Run, string Dataset, string Directory)
{
    /// <summary>The job whose recipe it is: its meta name, or <c>pipeline.meta_name</c>; null where there is one only.</summary>
    public string? Job { get; init; }

    /// <summary>Where the processed data go; null for a file in the directory.</summary>
    public string? ExportPath { get; init; }

    /// <summary>Ray's address.</summary>
    public string RayAddress { get; init; } = "auto";

    /// <summary>Whether the data lie on another machine, so that nobody looks for them here.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>What was written.</summary>
/// <param name="RunId">The run that the recipe is from.</param>
/// <param name="Job">The job.</param>
/// <param name="Trial">The number of the trial where the run is one of a sweep; else null.</param>
/// <param name="RecipePath">The recipe for one machine.</param>
/// <param name="RayPath">The recipe for Ray; null where it cannot run there.</param>
/// <param name="Notes">What to know.</param>
/// <param name="Obstacles">Why it cannot run on Ray; empty where it can.</param>
public sealed record PromotedRecipe(
    string RunId, string Job, int? Trial, string RecipePath, string? RayPath, IReadOnlyList<string> Notes, IReadOnlyList<string> Obstacles);
