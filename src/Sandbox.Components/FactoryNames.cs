namespace Sandbox.Components;

/// <summary>Names of upstream's component factories.</summary>
internal static class FactoryNames
{
    public const string DataExecutor = "DataExecutorFactory";
    public const string DataAnalyzer = "DataAnalyzerFactory";
    public const string DataEvaluator = "DataEvaluatorFactory";
    public const string GeneralProbe = "GeneralProbeFactory";
    public const string DataPoolManipulator = "DataPoolManipulatorFactory";
    public const string GeneralDataExecutor = "GeneralDataExecutorFactory";
    public const string ModelTrain = "ModelTrainExecutorFactory";
    public const string ModelInferExecutor = "ModelInferExecutorFactory";
    public const string ModelInferEvaluator = "ModelInferEvaluatorFactory";
    public const string ModelEvaluator = "ModelEvaluatorFactory";
}
