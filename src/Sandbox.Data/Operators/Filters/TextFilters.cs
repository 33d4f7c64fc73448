using Sandbox.Data.Assets;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;
using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Filters by one statistic of the text.</summary>
internal static class TextFilters
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        new()
        {
            Name = "alphanumeric_filter",
            Kind = OperatorKind.Filter,
            Summary = "Keeps texts by the share of letters and numeric characters.",
            OptionsType = typeof(AlphanumericOptions),
            Statistics = ["alnum_ratio", "alpha_token_ratio"],
            Create = (options, textKey) => Alphanumeric((AlphanumericOptions)options, textKey),
        },
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
            WordNumber),
        Filter<WordRepetitionOptions>("word_repetition_filter", "word_rep_ratio", "Keeps texts by the share of repeated word n-grams.",
            options => Words(options, words => StatValue.Of(Repetition.OfWords(words.Lower.Refined, options.RepLen)))),
    ];

    /// <summary>A figure of the words, or of the pieces where the options ask for these.</summary>
    public static Func<TextView, StatValue> Words(WordFilterOptions options, Func<WordSequence, StatValue> compute)
    {
        if (!options.Tokenization)
        {
            return view => compute(view.Words);
        }

        var model = options.LoadTokenizer();
        return view => compute(view.Pieces(model).Words);
    }

    private static Func<TextView, StatValue> WordNumber(WordsNumOptions options)
    {
        if (!options.Tokenization)
        {
            return view => StatValue.Of((long)view.Figures.RefinedWords);
        }

        var model = options.LoadTokenizer();
        return view => StatValue.Of(view.Text.Length > TextView.LongText ? Refined(model, view.Text) : view.Pieces(model).Words.Refined.Count);
    }

    private static long Refined(SentencePieceModel model, string text)
    {
        var count = 0L;
        model.Stream(model.Normalise(text), (piece, _) =>
        {
            var (start, end) = CodePointSet.Special.Strip(piece, 0, piece.Length);
            count += end > start ? 1 : 0;
        });
        return count;
    }

    // By tokens only letters count, and another statistic is written.
    private static TextFilter Alphanumeric(AlphanumericOptions options, string textKey)
    {
        if (!options.Tokenization)
        {
            return new TextFilter(textKey, "alnum_ratio", ValueRange.Of(options), view => StatValue.Of(Share(view.Figures.Alphanumeric, view.Length)));
        }

        var tokenizer = HuggingFaceFiles.Load(HuggingFaceFiles.Default);
        return new TextFilter(textKey, "alpha_token_ratio", ValueRange.Of(options),
            view => StatValue.Of(Share(CodePointSet.Letters.CountIn(view.Text), tokenizer.Encode(view.Text).Count)));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    /// <summary>A filter by one statistic of the text.</summary>
    public static OperatorDescriptor Filter<T>(string name, string statistic, string summary, Func<T, Func<TextView, StatValue>> compute)
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
