namespace Sandbox.Components.Programs.InternVl;

/// <summary>The script of one training: InternVL's fine-tuning with LoRA on COCO captions, with the settings that upstream
/// uses.</summary>
internal static class InternVlScript
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("overwrite_output_dir", "True"), ("force_image_size", "448"), ("max_dynamic_patch", "6"), ("down_sample_ratio", "0.5"),
        ("drop_path_rate", "0.0"), ("freeze_llm", "True"), ("freeze_mlp", "True"), ("freeze_backbone", "True"),
        ("use_llm_lora", "128"), ("vision_select_layer", "-1"), ("dataloader_num_workers", "4"), ("bf16", "True"),
        ("num_train_epochs", "1"), ("evaluation_strategy", "no"), ("save_strategy", "steps"), ("save_steps", "200"),
        ("save_total_limit", "1"), ("learning_rate", "4e-5"), ("weight_decay", "0.01"), ("warmup_ratio", "0.03"),
        ("lr_scheduler_type", "cosine"), ("logging_steps", "1"), ("max_seq_length", "4096"), ("do_train", "True"),
        ("grad_checkpoint", "True"), ("group_by_length", "True"), ("dynamic_image_size", "True"), ("use_thumbnail", "True"),
        ("ps_version", "v2"), ("deepspeed", "zero_stage1_config.json"), ("report_to", "tensorboard"),
    ];

    /// <summary>The text of the script. Values are quoted, whatever they hold.</summary>
    public static string Of(InternVlTrainOptions options, string chatDirectory, int gpus, string output, string meta)
    {
        var steps = InternVlTrainOptions.TotalBatch / options.BatchSizePerDevice / gpus;
        List<string> arguments =
        [
            "--nnodes=1", "--node_rank=0", "--master_addr=127.0.0.1", FormattableString.Invariant($"--nproc_per_node={gpus}"), "--master_port=34229",
            "internvl/train/internvl_chat_finetune.py",
            "--model_name_or_path", Quote(options.ModelNameOrPath), "--conv_style", Quote(options.ConvStyle), "--output_dir", Quote(output),
            "--meta_path", Quote(meta),
            "--per_device_train_batch_size", FormattableString.Invariant($"{options.BatchSizePerDevice}"),
            "--gradient_accumulation_steps", FormattableString.Invariant($"{steps}"),
            .. Settings.SelectMany(s => new[] { "--" + s.Name, s.Value }),
        ];
        return $"""
            set -eo pipefail
            cd {Quote(chatDirectory)}
            export PYTHONPATH="$PYTHONPATH:$PWD" MASTER_PORT=34229 TF_CPP_MIN_LOG_LEVEL=3 LAUNCHER=pytorch
            mkdir -p {Quote(output)}
            torchrun {string.Join(' ', arguments)} 2>&1 | tee -a {Quote(output + "/training_log.txt")}

            """;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
