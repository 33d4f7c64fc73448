namespace Sandbox.Core.Recipes;

/// <summary>Which statistics Data-Juicer's filters measure, by operator and in the order of their code: also of those
/// filters that only the real Data-Juicer runs.</summary>
public static class KSigmaStatistics
{
    private static readonly Dictionary<string, IReadOnlyList<string>> ByOperator = new(StringComparer.Ordinal)
    {
        ["alphanumeric_filter"] = ["alpha_token_ratio", "alnum_ratio"],
        ["audio_duration_filter"] = ["audio_duration"],
        ["audio_nmf_snr_filter"] = ["audio_nmf_snr"],
        ["audio_size_filter"] = ["audio_sizes"],
        ["average_line_length_filter"] = ["avg_line_length"],
        ["character_repetition_filter"] = ["char_rep_ratio"],
        ["flagged_words_filter"] = ["flagged_words_ratio"],
        ["general_field_filter"] = ["general_field_filter_condition"],
        ["image_aesthetics_filter"] = ["image_aesthetics_scores"],
        ["image_aspect_ratio_filter"] = ["aspect_ratios"],
        ["image_face_count_filter"] = ["face_ratios", "face_counts"],
        ["image_face_ratio_filter"] = ["face_ratios"],
        ["image_nsfw_filter"] = ["image_nsfw_score"],
        ["image_pair_similarity_filter"] = ["image_pair_similarity"],
        ["image_shape_filter"] = ["image_width", "image_height"],
        ["image_size_filter"] = ["image_sizes"],
        ["image_text_matching_filter"] = ["image_text_matching_score"],
        ["image_text_similarity_filter"] = ["image_text_similarity"],
        ["image_watermark_filter"] = ["image_watermark_prob"],
        ["in_context_influence_filter"] = ["in_context_influence"],
        ["instruction_following_difficulty_filter"] = ["ifd_score"],
        ["language_id_score_filter"] = ["lang", "lang_score"],
        ["llm_analysis_filter"] = ["llm_analysis_score", "llm_analysis_record"],
        ["llm_difficulty_score_filter"] = ["llm_difficulty_score", "llm_difficulty_record"],
        ["llm_perplexity_filter"] = ["llm_perplexity"],
        ["llm_quality_score_filter"] = ["llm_quality_score", "llm_quality_record"],
        ["llm_task_relevance_filter"] = ["llm_task_relevance", "llm_task_relevance_record"],
        ["maximum_line_length_filter"] = ["max_line_length"],
        ["perplexity_filter"] = ["perplexity"],
        ["phrase_grounding_recall_filter"] = ["phrase_grounding_recall"],
        ["special_characters_filter"] = ["special_char_ratio"],
        ["stopwords_filter"] = ["stopwords_ratio"],
        ["text_action_filter"] = ["num_action"],
        ["text_embd_similarity_filter"] = ["text_embd_similarity"],
        ["text_entity_dependency_filter"] = ["num_dependency_edges"],
        ["text_length_filter"] = ["text_len"],
        ["text_pair_similarity_filter"] = ["text_pair_similarity"],
        ["token_num_filter"] = ["num_token"],
        ["video_aesthetics_filter"] = ["video_frames_aesthetics_score"],
        ["video_aspect_ratio_filter"] = ["video_aspect_ratios"],
        ["video_duration_filter"] = ["video_duration"],
        ["video_frames_text_similarity_filter"] = ["video_frames_text_similarity"],
        ["video_motion_score_filter"] = ["video_motion_score"],
        ["video_nsfw_filter"] = ["video_nsfw_score"],
        ["video_ocr_area_ratio_filter"] = ["video_ocr_area_ratio"],
        ["video_resolution_filter"] = ["video_width", "video_height"],
        ["video_watermark_filter"] = ["video_watermark_prob"],
        ["word_repetition_filter"] = ["word_rep_ratio"],
        ["words_num_filter"] = ["num_words"],
    };

    /// <summary>The statistics of an operator; empty where it has none or is not known.</summary>
    public static IReadOnlyList<string> Of(string operatorName) => ByOperator.GetValueOrDefault(operatorName, []);
}
