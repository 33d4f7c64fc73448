namespace Sandbox.Workflows.Context;

/// <summary>Where a job's record is from.</summary>
internal static class Origins
{
    /// <summary>The job ran.</summary>
    public const string Run = "run";

    /// <summary>The config was mended and the job's result still held.</summary>
    public const string Reused = "reused";

    /// <summary>A context file of an earlier run had it.</summary>
    public const string File = "file";

    /// <summary>A context file has it; the job was not reached yet.</summary>
    public const string Seed = "seed";

    /// <summary>The config was mended since; the record may be reused, but no longer counts.</summary>
    public const string Superseded = "superseded";

    /// <summary>Whether a record is one of the run's context infos.</summary>
    public static bool Counts(string origin) => origin is not (Seed or Superseded);
}
