namespace Sandbox.Core.Hooks;

/// <summary>A stage of a sandbox pipeline: a list of jobs that run one after another. There are four; plugins bring more.
/// A stage is known by its short name.</summary>
public sealed record Stage
{
    private const string KeySuffix = "_job_configs";

    private Stage(string shortName, string configKey, string title) => (ShortName, ConfigKey, Title) = (shortName, configKey, title);

    /// <summary>Look at data or model (<c>probe_job_configs</c>).</summary>
    public static Stage Probe { get; } = new("probe", "probe" + KeySuffix, "Probe");

    /// <summary>Change the data recipe from what the probe found (<c>refine_recipe_job_configs</c>).</summary>
    public static Stage Refine { get; } = new("refine", "refine_recipe" + KeySuffix, "Refine recipe");

    /// <summary>Process data, train a model, infer (<c>execution_job_configs</c>).</summary>
    public static Stage Execute { get; } = new("execute", "execution" + KeySuffix, "Execute");

    /// <summary>Evaluate data or model (<c>evaluation_job_configs</c>).</summary>
    public static Stage Evaluate { get; } = new("evaluate", "evaluation" + KeySuffix, "Evaluate");

    /// <summary>The four of the sandbox itself, in the order in which they run.</summary>
    public static IReadOnlyList<Stage> BuiltIn { get; } = [Probe, Refine, Execute, Evaluate];

    /// <summary>The short name, as in <c>probe</c>.</summary>
    public string ShortName { get; }

    /// <summary>The key of the stage's job list in a sandbox YAML, as in <c>probe_job_configs</c>.</summary>
    public string ConfigKey { get; }

    /// <summary>What it is called on screens, as in <c>Refine recipe</c>.</summary>
    public string Title { get; }

    /// <summary>The stage of a short name; one that is not built in has the job list <c>NAME_job_configs</c>.</summary>
    public static Stage Named(string shortName) => BuiltIn.FirstOrDefault(s => s.ShortName == shortName)
        ?? new Stage(shortName, shortName + KeySuffix, char.ToUpperInvariant(shortName[0]) + shortName[1..].Replace('_', ' '));

    /// <summary>Whether a text can be the short name of a stage: small letters, digits and <c>_</c>, a letter first.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>Stages in the order in which they run, from jobs in the order in which they were met: the built-in ones as
    /// always, another one behind the one that it followed.</summary>
    public static IReadOnlyList<Stage> InOrder(IEnumerable<Stage> met)
    {
        var distinct = met.Distinct().ToList();
        var places = new List<(Stage Stage, int After)>();
        var last = -1;
        foreach (var stage in distinct)
        {
            var place = BuiltIn.ToList().IndexOf(stage);
            last = place >= 0 ? place : last;
            places.Add((stage, last));
        }

        return [.. places.OrderBy(p => p.After).ThenBy(p => BuiltIn.Contains(p.Stage) ? 0 : 1).Select(p => p.Stage)];
    }
}
