using System.Globalization;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Configuration;

/// <summary>How <c>studio</c> names the activities of a workflow: <c>pipeline</c>, <c>pipeline/stage</c>,
/// <c>pipeline/stage/index</c>; a second sequence of the same name ends with <c>+2</c>. In names, <c>~</c>, <c>/</c> and
/// <c>+</c> are written <c>~0</c>, <c>~1</c> and <c>~2</c>.</summary>
public static class StudioKeys
{
    /// <summary>The flowchart.</summary>
    public const string Root = "/";

    /// <summary>The activity that checks <c>iter_targets</c>.</summary>
    public const string Targets = "/targets";

    /// <summary>The activity that counts iterations.</summary>
    public const string Iteration = "/iteration";

    /// <summary>Where a workflow with triggers starts when it is started by hand.</summary>
    public const string Start = "/start";

    /// <summary>A trigger, by its place in the list.</summary>
    public static string Trigger(int index) => string.Create(CultureInfo.InvariantCulture, $"/trigger/{index}");

    /// <summary>A pipeline.</summary>
    public static string Pipeline(string name) => name
        .Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal)
        .Replace("+", "~2", StringComparison.Ordinal);

    /// <summary>A stage of a pipeline.</summary>
    public static string StageOf(string pipeline, Stage stage) => $"{Pipeline(pipeline)}/{stage.ShortName}";

    /// <summary>A job, by its place in the stage's list.</summary>
    public static string Job(string pipeline, Stage stage, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{StageOf(pipeline, stage)}/{index}");

    /// <summary>The key of a further sequence: the same for the first, <c>+2</c> for the second.</summary>
    public static string Nth(string key, int number) =>
        number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}+{number}");

    /// <summary>The key without its number among sequences of the same name.</summary>
    public static string WithoutNumber(string key) => key.Split('+')[0];
}
