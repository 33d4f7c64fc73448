using Sandbox.Core.Components;

namespace Sandbox.Components;

/// <summary>Component types that are known by name only: a config that uses one is refused before anything runs.</summary>
internal static class UnavailableTypes
{
    private const string NotYet = "this version of the sandbox does not have it yet";

    public static IReadOnlyList<ComponentDescriptor> All { get; } =
    [
        Of(FactoryNames.DataEvaluator, "vbench_video_evaluator", "Scores videos with VBench.", "it needs VBench and GPUs; run it outside and compare with accuracy or mse"),
        Of(FactoryNames.DataEvaluator, "video_inception_evaluator", "Computes FID, KID, FVD or IS of videos.", "it needs a feature detector and GPUs; run it outside"),
        Train("modelscope", "Trains with ModelScope.", "ModelScope"),
        Train("easyanimate", "Trains a video model with EasyAnimate.", "EasyAnimate and GPUs"),
        Train("trinity-rft", "Fine-tunes by reinforcement with Trinity-RFT.", "Trinity-RFT and GPUs"),
        Train("internvl_coco_caption", "Fine-tunes InternVL on COCO captions.", "InternVL and GPUs"),
        Infer("easyanimate", "Makes videos with EasyAnimate.", "EasyAnimate and GPUs"),
        Infer("huggingface", "Answers with a Hugging Face model.", "transformers"),
        Infer("vllm", "Answers with vLLM.", "vLLM and GPUs"),
        Of(FactoryNames.ModelInferEvaluator, "modelscope", "Probes with a ModelScope pipeline.", "use ProbeViaAnalyzerHook"),
        Of(FactoryNames.ModelEvaluator, "internvl_coco_caption", "Evaluates InternVL on COCO captions.", "it needs InternVL and GPUs; use perplexity for an n-gram model"),
    ];

    private static ComponentDescriptor Train(string type, string summary, string needs) =>
        Of(FactoryNames.ModelTrain, type, summary, $"it needs {needs}; use ngram_lm as a small proxy model");

    private static ComponentDescriptor Infer(string type, string summary, string needs) =>
        Of(FactoryNames.ModelInferExecutor, type, summary, $"it needs {needs}; run the inference before the run and name its file");

    private static ComponentDescriptor Of(string factory, string type, string summary, string instead) => new()
    {
        Factory = factory,
        Type = type,
        Summary = summary,
        Results = null,
        Missing = $"{NotYet}; {instead}.",
    };
}
