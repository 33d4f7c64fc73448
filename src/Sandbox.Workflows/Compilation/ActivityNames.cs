namespace Sandbox.Workflows.Compilation;

/// <summary>The words of the sandbox profile: activity types, inputs and custom properties that the compiler writes.</summary>
internal static class ActivityNames
{
    public const string CheckTargets = "Sandbox.CheckTargets";
    public const string NextIteration = "Sandbox.NextIteration";
    public const string Sweep = "Sandbox.Sweep";
    public const string Flowchart = "Elsa.Flowchart";
    public const string Sequence = "Elsa.Sequence";

    public const string MetaName = "metaName";
    public const string DjConfigs = "djConfigs";
    public const string ExtraConfigs = "extraConfigs";

    /// <summary>The type of component, chosen from a list; it stands before <c>type</c> in the options.</summary>
    public const string ComponentType = "componentType";
    public const string Input = "input";
    public const string Output = "output";
    public const string Local = "local";
    public const string MaxAttempts = "maxAttempts";
    public const string Backoff = "backoff";
    public const string Timeout = "timeout";
    public const string Resources = "resources";
    public const string Limits = "limits";

    public const string Targets = "targets";
    public const string Mode = "mode";
    public const string SweepInput = "sweep";
    public const string MaxIterations = "maxIterations";
    public const string Updater = "updater";

    /// <summary>Custom property of a sequence: <c>pipeline</c>, or <c>stage:probe</c> and so on.</summary>
    public const string Role = "sandbox:role";
    public const string PipelineRole = "pipeline";
    public const string StageRole = "stage:";

    /// <summary>Custom property of a definition: the settings of the YAML that belong to no activity.</summary>
    public const string Settings = "sandbox:settings";

    /// <summary>A setting: other tools that figures are brought to.</summary>
    public const string Watchers = "watchers";

    /// <summary>Custom property of a definition: the files that it refers to, with their hashes.</summary>
    public const string Files = "sandbox:files";

    /// <summary>Custom property of a definition: who wrote this version.</summary>
    public const string Writer = "sandbox:writer";
    public const string Compiler = "compiler";

    public const string IterationVariable = "iteration";
    public const string UpdatesVariable = "updates";

    public const string Met = "Met";
    public const string NotMet = "NotMet";
    public const string Again = "Again";
    public const string Finished = "Finished";

    /// <summary>The activity type of a hook.</summary>
    public static string OfHook(string hook) => $"Sandbox.{hook}";

    /// <summary>The hook of an activity type, or null for another activity.</summary>
    public static string? HookOf(string activityType) =>
        activityType.StartsWith("Sandbox.", StringComparison.Ordinal) && activityType.EndsWith("Hook", StringComparison.Ordinal)
            ? activityType["Sandbox.".Length..]
            : null;
}
