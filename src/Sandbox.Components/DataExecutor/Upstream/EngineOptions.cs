using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>Which engine runs a recipe, in a job's <c>extra_configs</c>; and the environment of the real Data-Juicer.</summary>
internal sealed class EngineOptions : EnvironmentOptions
{
    public const string Auto = "auto";
    public const string Embedded = "embedded";
    public const string DataJuicer = "data-juicer";

    [Option("engine", OneOf = [Auto, Embedded, DataJuicer], Description = "embedded: in this process; data-juicer: the real program; auto: the first where it can run the whole recipe.")]
    public string Engine { get; set; } = Auto;

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("py-data-juicer");

    /// <summary>Binds the keys of a job's <c>extra_configs</c> that are meant; others are no matter of the engine.</summary>
    public static EngineOptions Of(JsonObject? extra, ICollection<OptionFault> faults)
    {
        var known = OptionsBinder.Describe(typeof(EngineOptions)).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var own = new JsonObject((extra ?? []).Where(p => known.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return (EngineOptions)OptionsBinder.Bind(typeof(EngineOptions), own, faults);
    }
}
