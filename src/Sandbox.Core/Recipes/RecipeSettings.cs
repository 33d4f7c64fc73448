using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Core.Recipes;

/// <summary>The keys of a recipe that the embedded engine acts on; names and defaults are those of Data-Juicer's
/// <c>config_all.yaml</c>, except where noted.</summary>
public sealed class RecipeSettings
{
    /// <summary>Name for people.</summary>
    [Option("project_name")]
    public string ProjectName { get; init; } = "hello_world";

    /// <summary>Files, directories or globs to read, in order; also with weights, as in <c>2 a.jsonl 1 b.jsonl</c>. See
    /// <see cref="Recipe.Sources"/>.</summary>
    [Option("dataset_path", Path = PathAccess.Read, Description = "the file or directory to read.")]
    public IReadOnlyList<string> DatasetPath { get; init; } = [];

    /// <summary>Data sets to read, in Data-Juicer's longer form.</summary>
    [Option("dataset")]
    public JsonNode? Dataset { get; init; }

    /// <summary>What of a plain text file is a row: each line that is not blank, or the whole file. An addition to
    /// Data-Juicer, which fails on such files.</summary>
    [Option("sample_by", OneOf = ["line", "document"])]
    public string SampleBy { get; init; } = "line";

    /// <summary>The file to write.</summary>
    [Option("export_path", Path = PathAccess.Write, Description = "the file to write.")]
    public string? ExportPath { get; init; }

    /// <summary><c>jsonl</c>, <c>json</c>, <c>csv</c>, <c>tsv</c> or <c>txt</c>, the first two as in Data-Juicer; null takes it
    /// from the suffix of the export path, which may end in <c>.gz</c> or <c>.zst</c>.</summary>
    [Option("export_type")]
    public string? ExportType { get; init; }

    /// <summary>Largest size of a part of the export in bytes; 0 writes one file.</summary>
    [Option("export_shard_size", Min = 0)]
    public double ExportShardSize { get; init; }

    /// <summary>The fields that hold text; operators work on the first.</summary>
    [Option("text_keys")]
    public IReadOnlyList<string> TextKeys { get; init; } = ["text"];

    /// <summary>Suffixes of the files that are read from a directory; empty for all formats that can be read.</summary>
    [Option("suffixes")]
    public IReadOnlyList<string> Suffixes { get; init; } = [];

    /// <summary>How many rows batches are worked on at a time; null takes one a processor.</summary>
    [Option("np", Min = 1)]
    public int? Np { get; init; }

    /// <summary>Whether a row that an operator fails on is kept, named and counted. Else the job fails.</summary>
    [Option("skip_op_error")]
    public bool SkipOpError { get; init; } = true;

    /// <summary>Malformed lines that are put up with: a number, or a share of all lines when below 1. An addition to
    /// Data-Juicer, which ends at the first; so does the default.</summary>
    [Option("max_bad_rows", Min = 0)]
    public double MaxBadRows { get; init; }

    /// <summary>Whether the export keeps the statistics.</summary>
    [Option("keep_stats_in_res_ds")]
    public bool KeepStats { get; init; }

    /// <summary>Whether the export keeps the hashes of deduplicators.</summary>
    [Option("keep_hashes_in_res_ds")]
    public bool KeepHashes { get; init; }

    /// <summary>Whether the analysis also exports the rows with their statistics.</summary>
    [Option("export_original_dataset")]
    public bool ExportOriginalDataset { get; init; }

    /// <summary>Percentiles of the analysis between 0 and 1, beside 0.25, 0.5 and 0.75.</summary>
    [Option("percentiles")]
    public IReadOnlyList<double> Percentiles { get; init; } = [0.25, 0.5, 0.75];

    /// <summary>Tags by which the analysis is broken down: names of statistics or dotted fields. An addition to Data-Juicer;
    /// by default the language, where it is measured.</summary>
    [Option("breakdown_by")]
    public IReadOnlyList<string> BreakdownBy { get; init; } = ["lang"];

    /// <summary>Whether <c>trace/</c> is written in upstream's form.</summary>
    [Option("open_tracer")]
    public bool OpenTracer { get; init; }

    /// <summary>Where <c>analysis/</c>, <c>trace/</c> and <c>monitor/</c> go; null takes the directory of the export path.</summary>
    [Option("work_dir", Path = PathAccess.Write)]
    public string? WorkDir { get; init; }

    /// <summary>Whether <c>monitor/monitor.json</c> is written: what each operator and the whole run cost. Off where it is
    /// not given, unlike in Data-Juicer.</summary>
    [Option("open_monitor")]
    public bool OpenMonitor { get; init; }

    /// <summary>Whether rows are kept on disk behind each operator until the run ends, so that one that broke off goes on behind
    /// the last operator that was done.</summary>
    [Option("use_checkpoint")]
    public bool UseCheckpoint { get; init; }

    /// <summary>Operators to trace; empty for all.</summary>
    [Option("op_list_to_trace")]
    public IReadOnlyList<string> OpListToTrace { get; init; } = [];

    /// <summary>Rows an operator in <c>trace/</c>.</summary>
    [Option("trace_num", Min = 0)]
    public int TraceNum { get; init; } = 10;
}
