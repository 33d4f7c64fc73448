using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataEvaluator.Captions;

/// <summary>Options of <c>caption_metrics</c>.</summary>
internal sealed class CaptionMetricsOptions
{
    [Option("references_path", Required = true, Path = PathAccess.Read, Description = "The references: COCO's annotation format, several captions an image.")]
    public string ReferencesPath { get; set; } = string.Empty;

    [Option("candidates_path", Required = true, Path = PathAccess.Read, Description = "The captions to judge: COCO's result format, a list of image_id and caption, one an image.")]
    public string CandidatesPath { get; set; } = string.Empty;

    [Option("result_path", Path = PathAccess.Write, Description = "A JSON file for the figures of the corpus and of every image.")]
    public string? ResultPath { get; set; }

    // Not a path of the run: a directory of the machine that may be absent.
    [Option("wordnet_dir", Description = "Where WordNet's index files lie, for METEOR's synonyms; where there are none, that stage does not run, and the result says so.")]
    public string WordnetDir { get; set; } = "/usr/share/wordnet";
}
