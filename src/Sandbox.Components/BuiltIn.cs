using Sandbox.Components.DataEvaluator;
using Sandbox.Components.DataEvaluator.Captions;
using Sandbox.Components.DataEvaluator.Features;
using Sandbox.Components.DataEvaluator.TextQuality;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Components.DataPoolManipulator;
using Sandbox.Components.GeneralDataExecutor;
using Sandbox.Components.GeneralProbe;
using Sandbox.Components.Hooks;
using Sandbox.Components.ModelEvaluation.Perplexity;
using Sandbox.Components.ModelInfer.Api;
using Sandbox.Components.ModelInfer.Local;
using Sandbox.Components.ModelInferEvaluator;
using Sandbox.Components.ModelTrain.NgramLm;
using Sandbox.Components.ModelTrain.TextQuality;
using Sandbox.Components.ModelEvaluation.PairedComparison;
using Sandbox.Components.Programs;
using Sandbox.Components.Programs.Command;
using Sandbox.Components.Programs.EasyAnimate;
using Sandbox.Components.Programs.Inception;
using Sandbox.Components.Programs.InternVl;
using Sandbox.Components.Programs.ModelScope;
using Sandbox.Components.Programs.TrinityRft;
using Sandbox.Components.Programs.VBench;
using Sandbox.Components.Programs.FastText;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components;

/// <summary>What the sandbox brings along: upstream's twelve hooks and the component types of its factories.</summary>
public static class BuiltIn
{
    /// <summary>All component types, with a host of their own for programs.</summary>
    public static ComponentRegistry Components() => Components(new ProgramHost(TimeProvider.System));

    /// <summary>All component types.</summary>
    /// <param name="programs">Runs programs for them; shared by all of one process.</param>
    public static ComponentRegistry Components(ProgramHost programs) => new(
    [
        AccuracyEvaluator.Descriptor,
        MseEvaluator.Descriptor,
        CaptionMetrics.Descriptor,
        FeatureMetrics.Descriptor,
        TextQualityEvaluator.Descriptor(programs.Supervision),
        DataPoolConstruction.Descriptor,
        DataPoolCombination.Descriptor,
        DataPoolDuplication.Descriptor,
        DataPoolDownsampling.Descriptor,
        DataPoolMerging.Descriptor,
        DataPoolCartesianJoin.Descriptor,
        CocoCaptionToDj.Descriptor,
        CocoCaptionMeta.Descriptor,
        DjToEasyAnimate.Descriptor,
        DataPoolRanking.Descriptor,
        NgramLmComponent.Descriptor,
        TextQualityTrainer.Descriptor,
        ApiInference.Descriptor,
        NgramProbe.Descriptor,
        ApiJudge.Descriptor,
        ModelScopeProbe.Descriptor(programs.Supervision),
        PerplexityComponent.Descriptor,
        PairedComparisonComponent.Descriptor,
        .. new[] { FactoryNames.ModelTrain, FactoryNames.ModelInferExecutor, FactoryNames.ModelEvaluator, FactoryNames.DataEvaluator }
            .Select(factory => CommandComponent.Descriptor(factory, programs.Supervision)),
        FastTextTrain.Descriptor(programs.Supervision),
        ModelScopeTrain.Descriptor(programs.Supervision),
        EasyAnimatePrograms.Training(programs.Supervision),
        EasyAnimatePrograms.Inference(programs.Supervision),
        TrinityRftTrain.Descriptor(programs.Supervision),
        InternVlTrain.Descriptor(programs.Supervision),
        InternVlEvaluate.Descriptor(programs.Supervision),
        VBenchEvaluator.Descriptor(programs.Supervision),
        InceptionEvaluator.Descriptor(programs.Supervision),
        LocalInference.HuggingFace(programs.Supervision),
        LocalInference.Vllm(programs.Supervision),
        FastTextTest.Descriptor(programs.Supervision),
    ]);

    /// <summary>All hooks, with a host of their own for programs.</summary>
    public static HookRegistry Hooks(ComponentRegistry components) => Hooks(components, new ProgramHost(TimeProvider.System));

    /// <summary>All hooks; they start components of the registry given.</summary>
    /// <param name="components">The components.</param>
    /// <param name="programs">Runs programs for them; shared by all of one process.</param>
    public static HookRegistry Hooks(ComponentRegistry components, ProgramHost programs)
    {
        var (starter, engines) = (new ComponentStarter(components), new JobEngine(programs.Supervision));
        return new HookRegistry(
        [
            new ProbeViaAnalyzerHook(engines),
            new ProbeViaModelInferHook(starter),
            new GeneralProbeHook(starter),
            new RefineRecipeViaKSigmaHook(),
            new RefineRecipeViaModelFeedbackHook(),
            new ProcessDataHook(engines),
            new DataPoolManipulationHook(starter),
            new GeneralDataExecutorHook(starter),
            new TrainModelHook(starter),
            new InferModelHook(starter),
            new EvaluateDataHook(starter),
            new EvaluateModelHook(starter),
        ]);
    }
}
