namespace Sandbox.Core.Recipes;

/// <summary>The keys of <c>config_all.yaml</c> that <see cref="RecipeSettings"/> does not have.</summary>
public static class RecipeKeys
{
    /// <summary>Keys that only matter to the Python engine: accepted, and named as ignored.</summary>
    public static IReadOnlyList<string> Ignored { get; } =
    [
        "executor_type", "ray_address", "use_cache", "ds_cache_dir", "cache_compress",
        "temp_dir", "turbo", "op_fusion", "fusion_strategy", "adaptive_batch_size", "export_in_parallel",
        "export_extra_args", "export_aws_credentials", "save_stats_in_one_file", "validators", "debug",
        "image_key", "image_bytes_key", "image_special_token", "audio_key", "audio_special_token", "video_key",
        "video_special_token", "eoc_special_token", "open_insight_mining", "op_list_to_mine", "custom_operator_paths",
        "data_probe_algo", "data_probe_ratio", "hpo_config", "notification", "annotation", "auto", "auto_num",
        "generated_dataset_config", "config",
    ];

    // They name the data or change the answer, so that ignoring them needs a fault of its own where they are set.
    internal static IReadOnlyList<(string Key, string Instead)> NotYet { get; } =
    [
        ("generated_dataset_config", "write the generated data to a file and give it in dataset_path"),
        ("custom_operator_paths", "run this recipe with the real Data-Juicer"),
    ];
}
