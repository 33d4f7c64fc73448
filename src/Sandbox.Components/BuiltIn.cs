using Sandbox.Components.DataEvaluator;
using Sandbox.Components.DataEvaluator.Captions;
using Sandbox.Components.DataEvaluator.Features;
using Sandbox.Components.DataEvaluator.TextQuality;
using Sandbox.Components.DataPoolManipulator;
using Sandbox.Components.GeneralDataExecutor;
using Sandbox.Components.GeneralProbe;
using Sandbox.Components.Hooks;
using Sandbox.Components.ModelEvaluation.Perplexity;
using Sandbox.Components.ModelInfer.Api;
using Sandbox.Components.ModelInferEvaluator;
using Sandbox.Components.ModelTrain.NgramLm;
using Sandbox.Components.ModelTrain.TextQuality;
using Sandbox.Components.ModelEvaluation.PairedComparison;
using Sandbox.Components.Programs;
using Sandbox.Components.Programs.Command;
using Sandbox.Components.Programs.FastText;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components;

/// <summary>What the sandbox brings along: upstream's twelve hooks and the component types of its factories.</summary>
public static class BuiltIn
{
    /// <summary>All component types, with a host of their own for programs.</summary>
    public static ComponentRegistry Components() => Components(new ProgramHost(TimeProvider.System));

    /// <summary>All component types, also those that are known by name only.</summary>
    /// <param name="programs">Runs programs for them; shared by all of one process.</param>
    public static ComponentRegistry Components(ProgramHost programs) => new(
    [
        AccuracyEvaluator.Descriptor,
        MseEvaluator.Descriptor,
        CaptionMetrics.Descriptor,
        FeatureMetrics.Descriptor,
        TextQualityEvaluator.Descriptor,
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
        PerplexityComponent.Descriptor,
        PairedComparisonComponent.Descriptor,
        .. new[] { FactoryNames.ModelTrain, FactoryNames.ModelInferExecutor, FactoryNames.ModelEvaluator, FactoryNames.DataEvaluator }
            .Select(factory => CommandComponent.Descriptor(factory, programs.Supervision)),
        FastTextTrain.Descriptor(programs.Supervision),
        FastTextTest.Descriptor(programs.Supervision),
        .. UnavailableTypes.All,
    ]);

    /// <summary>All hooks; they start components of the registry given.</summary>
    public static HookRegistry Hooks(ComponentRegistry components)
    {
        var starter = new ComponentStarter(components);
        return new HookRegistry(
        [
            new ProbeViaAnalyzerHook(),
            new ProbeViaModelInferHook(starter),
            new GeneralProbeHook(starter),
            new RefineRecipeViaKSigmaHook(),
            new RefineRecipeViaModelFeedbackHook(),
            new ProcessDataHook(),
            new DataPoolManipulationHook(starter),
            new GeneralDataExecutorHook(starter),
            new TrainModelHook(starter),
            new InferModelHook(starter),
            new EvaluateDataHook(starter),
            new EvaluateModelHook(starter),
        ]);
    }
}
