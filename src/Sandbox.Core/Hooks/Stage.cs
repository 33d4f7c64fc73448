namespace Sandbox.Core.Hooks;

/// <summary>The four stages of a sandbox pipeline, in the order in which they run.</summary>
public enum Stage
{
    /// <summary>Look at data or model (<c>probe_job_configs</c>).</summary>
    Probe,

    /// <summary>Change the data recipe from what the probe found (<c>refine_recipe_job_configs</c>).</summary>
    Refine,

    /// <summary>Process data, train a model, infer (<c>execution_job_configs</c>).</summary>
    Execute,

    /// <summary>Evaluate data or model (<c>evaluation_job_configs</c>).</summary>
    Evaluate,
}

/// <summary>Names of the stages in files and on screens.</summary>
public static class StageNames
{
    /// <summary>All stages in the order in which they run.</summary>
    public static IReadOnlyList<Stage> All { get; } = [Stage.Probe, Stage.Refine, Stage.Execute, Stage.Evaluate];

    /// <summary>The key of the stage's job list in a sandbox YAML, as in <c>probe_job_configs</c>.</summary>
    public static string ConfigKey(this Stage stage) => stage switch
    {
        Stage.Probe => "probe_job_configs",
        Stage.Refine => "refine_recipe_job_configs",
        Stage.Execute => "execution_job_configs",
        _ => "evaluation_job_configs",
    };

    /// <summary>The short name, as in <c>probe</c>.</summary>
    public static string ShortName(this Stage stage) => stage switch
    {
        Stage.Probe => "probe",
        Stage.Refine => "refine",
        Stage.Execute => "execute",
        _ => "evaluate",
    };
}
