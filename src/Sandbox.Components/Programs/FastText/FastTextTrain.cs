using System.Globalization;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.FastText;

/// <summary>Trains a supervised fastText model with the real program. Its result is the path of the model.</summary>
internal sealed class FastTextTrain(ProcessSupervision supervision, FastTextTrainOptions options) : IComponent
{
    /// <summary>The component type <c>fasttext</c> of the trainers.</summary>
    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "fasttext",
        Summary = "Trains a text classifier with the program fasttext.",
        OptionsType = typeof(FastTextTrainOptions),
        Create = o => new FastTextTrain(supervision, (FastTextTrainOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var data = await FastTextData.ConvertAsync(context, options, options.TrainDataset, "train", cancellationToken);
        var model = context.Files.Lasting("model");
        var spec = new ProcessSpec
        {
            Command = [options.Program, "supervised", "-input", data, "-output", model, .. Numbers()],
            WorkingDirectory = context.Files.FullPath("."),
        };
        await new ProgramRun(supervision, context).RunAsync("train", spec, FastTextWatch.New(), cancellationToken);
        var made = model + ".bin";
        if (!File.Exists(made))
        {
            throw new JobFailedException($"{options.Program} ended well, but {made} is not there: is it the program fasttext?");
        }

        KeptFile.Keep(made, context.Files.ResolveWrite(options.ModelPath));
        return HookResult.One(options.ModelPath);
    }

    private IEnumerable<string> Numbers() =>
    [
        "-epoch", Text(options.Epoch), "-lr", Text(options.LearningRate), "-dim", Text(options.Dimension),
        "-wordNgrams", Text(options.WordNgrams), "-minCount", Text(options.MinCount), "-bucket", Text(options.Bucket),
        "-loss", options.Loss, "-thread", Text(options.Threads),
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
