using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Filters by one statistic of the text.</summary>
internal static class TextFilters
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        Filter<AlphanumericOptions>("alphanumeric_filter", "alnum_ratio", "Keeps texts by the share of letters and numeric characters.",
            _ => view => StatValue.Of(Share(view.Figures.Alphanumeric, view.Length))),
        Filter<LengthOptions>("average_line_length_filter", "avg_line_length", "Keeps texts by the average length of their lines.",
            _ => view => StatValue.Of(Share(view.Length, view.Figures.Lines))),
        Filter<CharacterRepetitionOptions>("character_repetition_filter", "char_rep_ratio", "Keeps texts by the share of repeated character n-grams.",
            options => view => StatValue.Of(Repetition.OfCharacters(view, options.RepLen))),
        Filter<LengthOptions>("maximum_line_length_filter", "max_line_length", "Keeps texts by the length of their longest line.",
            _ => view => StatValue.Of((long)view.Figures.LongestLine)),
        Filter<SpecialCharactersOptions>("special_characters_filter", "special_char_ratio", "Keeps texts by the share of special characters.",
            _ => view => StatValue.Of(Share(view.Figures.Special, view.Length))),
        Filter<LengthOptions>("text_length_filter", "text_len", "Keeps texts by their length.",
            _ => view => StatValue.Of((long)view.Length)),
        Filter<WordsNumOptions>("words_num_filter", "num_words", "Keeps texts by their number of words.",
            _ => view => StatValue.Of((long)view.Figures.RefinedWords)),
        Filter<WordRepetitionOptions>("word_repetition_filter", "word_rep_ratio", "Keeps texts by the share of repeated word n-grams.",
            options => view => StatValue.Of(Repetition.OfWords(view, options.RepLen))),
    ];

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static OperatorDescriptor Filter<T>(string name, string statistic, string summary, Func<T, Func<TextView, StatValue>> compute)
        where T : FilterOptions, IRangeOptions => new()
        {
            Name = name,
            Kind = OperatorKind.Filter,
            Summary = summary,
            OptionsType = typeof(T),
            Statistics = [statistic],
            Create = (options, textKey) => new TextFilter(textKey, statistic, ValueRange.Of((T)options), compute((T)options)),
        };
}
