using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.InternVl;

/// <summary>Fine-tunes InternVL on COCO captions, once a meta file; each training is a durable step. Gives the directories
/// of the results, <c>META_MODEL</c> in the work directory.</summary>
internal sealed class InternVlTrain(ProcessSupervision supervision, InternVlTrainOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "internvl_coco_caption",
        Summary = "Fine-tunes InternVL on COCO captions, once a meta file.",
        OptionsType = typeof(InternVlTrainOptions),
        Create = o => new InternVlTrain(supervision, (InternVlTrainOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var metas = DataPoolPaths.Existing(options.MetaPaths, context);
        var gpus = await GpuCount.OfAsync(options.NumGpus, cancellationToken);
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var results = new JsonArray();
        foreach (var meta in metas)
        {
            results.Add(await TrainAsync(meta, gpus, programs, context, cancellationToken));
        }

        return HookResult.One(results);
    }

    private async Task<string> TrainAsync(string meta, int gpus, ProgramSteps programs, ComponentContext context, CancellationToken cancellationToken)
    {
        var name = $"{Path.GetFileNameWithoutExtension(meta)}_{Path.GetFileNameWithoutExtension(options.ModelNameOrPath.TrimEnd('/'))}";
        var configured = Path.Combine(options.WorkDir, name);
        var output = programs.WorkDirectory(configured);
        var chat = Path.Combine(context.Files.FullPath(options.InternVlHome), "internvl_chat");
        var script = context.Files.ResolveWrite(Path.Combine(options.ScriptDir, name + ".sh"));
        await WholeFile.WriteTextAsync(script, InternVlScript.Of(options, chat, gpus, output, context.Files.ResolveRead(meta)), cancellationToken);
        var written = await programs.RunAsync(
            new ProgramStep($"train on {meta}", ["bash", script], chat), _ => JsonValue.Create(output), cancellationToken);
        programs.Adopt((string)written!, configured);
        return configured;
    }
}
