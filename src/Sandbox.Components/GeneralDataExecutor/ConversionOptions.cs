using Sandbox.Core.Components.Options;

namespace Sandbox.Components.GeneralDataExecutor;

/// <summary>Options that all conversions share.</summary>
internal class ConversionOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data sets to convert: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the results.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>Options of <c>coco_caption_meta_generation</c>.</summary>
internal sealed class CocoCaptionMetaOptions : ConversionOptions
{
    // Not read: the paths of the annotations are written relative to it.
    [Option("data_root_path", Required = true, Description = "The directory that the training resolves annotations in.")]
    public string DataRootPath { get; set; } = string.Empty;
}
