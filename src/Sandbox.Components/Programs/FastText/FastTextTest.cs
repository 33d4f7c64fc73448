using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.FastText;

/// <summary>Tests a supervised fastText model with the real program. Its result is an object: precision and recall of the
/// first k labels, and the number of rows.</summary>
internal sealed class FastTextTest(ProcessSupervision supervision, FastTextTestOptions options) : IComponent
{
    /// <summary>The component type <c>fasttext</c> of the model evaluators.</summary>
    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelEvaluator,
        Type = "fasttext",
        Summary = "Tests a text classifier with the program fasttext: precision and recall.",
        OptionsType = typeof(FastTextTestOptions),
        Create = o => new FastTextTest(supervision, (FastTextTestOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var data = await FastTextData.ConvertAsync(context, options, options.DatasetPath, "test", cancellationToken);
        var k = options.K.ToString(CultureInfo.InvariantCulture);
        var spec = new ProcessSpec
        {
            // Full paths: none can be taken for an option.
            Command = [options.Program, "test", Path.GetFullPath(context.Files.ResolveRead(options.ModelPath)), data, k],
            WorkingDirectory = context.Files.FullPath("."),
        };
        var found = await new ProgramRun(supervision, context).RunAsync("test", spec, FastTextWatch.New(), cancellationToken);
        double Get(string name) => found.TryGetValue(name, out var value)
            ? value.Last
            : throw new JobFailedException($"{options.Program} printed no {name}; it printed {string.Join(", ", found.Keys)}.");

        return HookResult.One(new JsonObject
        {
            ["precision"] = Get($"P@{k}"), ["recall"] = Get($"R@{k}"), ["rows"] = (long)Get("N"),
        });
    }
}
