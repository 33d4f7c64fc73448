using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelProbe;

/// <summary>Options that every probe has. The hook sets the first two.</summary>
internal abstract class ProbeOptions
{
    [Option("dataset_path", Description = "The samples to score. Set by the hook: the sample that it drew from dj_configs.dataset_path.")]
    public string DatasetPath { get; set; } = string.Empty;

    [Option("result_path", Description = "Where the scored samples go. Set by the hook: dj_configs.export_path.")]
    public string ResultPath { get; set; } = string.Empty;

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }
}
