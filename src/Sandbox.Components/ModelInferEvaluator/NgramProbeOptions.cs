using Sandbox.Components.ModelProbe;
using Sandbox.Core.Components.Options;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Options of <c>ngram_lm</c> as a probe.</summary>
internal sealed class NgramProbeOptions : ProbeOptions
{
    [Option("model_path", Required = true, Path = PathAccess.Read, Description = "The language model that scores: a file in ARPA format, also packed (.gz).")]
    public string ModelPath { get; set; } = string.Empty;

    [Option("unit", OneOf = [TextUnitNames.Word, TextUnitNames.Character], Description = "What the model counts; where it is not given, the model's words tell.")]
    public string? Unit { get; set; }
}
