using Sandbox.Components.DataPools;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.GeneralDataExecutor;

/// <summary>Options of a conversion that reads rows.</summary>
internal class RowConversionOptions : BadRowOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data sets to convert: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the results.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>Options of a conversion that reads one JSON list.</summary>
internal sealed class ListConversionOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data sets to convert: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the results.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>Options of <c>coco_caption_meta_generation</c>.</summary>
internal sealed class CocoCaptionMetaOptions : RowConversionOptions
{
    // Not read: the paths of the annotations are written relative to it.
    [Option("data_root_path", Required = true, Description = "The directory that the training resolves annotations in.")]
    public string DataRootPath { get; set; } = string.Empty;
}
