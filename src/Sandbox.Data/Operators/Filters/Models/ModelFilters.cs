using Sandbox.Data.Assets;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>Filters that need a model or a table of words.</summary>
internal static class ModelFilters
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        LanguageIdFilter.Descriptor,
        TextFilters.Filter<StopwordsOptions>("stopwords_filter", "stopwords_ratio", "Keeps texts by the share of stop words.",
            WordTable),
        TextFilters.Filter<FlaggedWordsOptions>("flagged_words_filter", "flagged_words_ratio", "Keeps texts by the share of flagged words.",
            WordTable),
        TextFilters.Filter<PerplexityOptions>("perplexity_filter", "perplexity", "Keeps texts by their perplexity under a language model.",
            PerplexityOf),
        TextFilters.Filter<TokenNumOptions>("token_num_filter", "num_token", "Keeps texts by their number of tokens.",
            TokenNumber),
    ];

    private static Func<TextView, StatValue> TokenNumber(TokenNumOptions options)
    {
        var tokenizer = HuggingFaceFiles.Load(options.Tokenizer);
        return view => StatValue.Of((long)tokenizer.Encode(view.Text).Count);
    }

    private static Func<TextView, StatValue> WordTable(WordTableOptions options)
    {
        var share = new WordTableShare(options);
        return TextFilters.Words(options, words => StatValue.Of(share.Of(words.Lower.Refined)));
    }

    private static Func<TextView, StatValue> PerplexityOf(PerplexityOptions options)
    {
        var perplexity = new Perplexity(options);
        return view => StatValue.Of(perplexity.Of(view));
    }
}
