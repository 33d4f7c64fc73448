using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;
using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Operators;

/// <summary>Options that every operator has.</summary>
public class OperatorOptions
{
    /// <summary>Options of every operator that only matter to the Python engine or to other media than text.</summary>
    internal static readonly string[] Ignored =
    [
        "image_key", "image_bytes_key", "audio_key", "video_key", "query_key", "response_key", "history_key", "index_key",
        "system_key", "instruction_key", "prompt_key", "batch_size", "num_proc", "skip_op_error", "accelerator", "cpu_required",
        "gpu_required", "mem_required", "num_cpus", "num_gpus", "memory", "turbo", "work_dir", "stats_export_path", "batch_mode",
        "ray_execution_mode", "runtime_env", "auto_op_parallelism",
    ];

    /// <summary>The field that the operator works on; null takes the recipe's.</summary>
    [Option("text_key", Description = "the field that the operator works on.")]
    public string? TextKey { get; init; }
}

/// <summary>Options that every filter has.</summary>
public class FilterOptions : OperatorOptions
{
    /// <summary>Whether a value equal to the lower bound is inside.</summary>
    [Option("min_closed_interval")]
    public bool MinClosed { get; init; } = true;

    /// <summary>Whether a value equal to the upper bound is inside.</summary>
    [Option("max_closed_interval")]
    public bool MaxClosed { get; init; } = true;

    /// <summary>Whether rows outside are kept instead.</summary>
    [Option("reversed_range")]
    public bool Reversed { get; init; }
}

/// <summary>A filter that keeps the rows whose statistic lies between two bounds.</summary>
internal interface IRangeOptions
{
    double? Minimum { get; }

    double? Maximum { get; }
}

/// <summary>Options of filters over words, or over the pieces that a tokenizer makes.</summary>
public abstract class WordFilterOptions : FilterOptions, IValidatableOptions
{
    /// <summary>Language of the tokenizer.</summary>
    [Option("lang")]
    public string Language { get; init; } = "en";

    /// <summary>Whether words are the pieces of the language's SentencePiece model.</summary>
    [Option("tokenization")]
    public bool Tokenization { get; init; }

    /// <inheritdoc />
    public virtual void Validate(Action<string, string> fault)
    {
        if (Tokenization && SentencePieceFiles.Problem(Language) is { } problem)
        {
            fault("tokenization", problem);
        }
    }

    internal SentencePieceModel LoadTokenizer() => SentencePieceFiles.Load(Language);
}
