using Sandbox.Data.Text;
using Sandbox.Data.Text.Repair;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Mappers of the text.</summary>
internal static class TextMappers
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        Clean("clean_email_mapper", "Removes mail addresses.", Emails.Replacer),
        Clean("clean_ip_mapper", "Removes IP addresses.", IpAddresses.Replacer),
        Clean("clean_links_mapper", "Removes links.", Links.Replacer),
        Mapper<ChineseConvertOptions>("chinese_convert_mapper", "Converts Chinese text between scripts and regional forms.", o => o.Converter.Convert),
        Mapper<SentenceSplitOptions>("sentence_split_mapper", "Puts each sentence on a line of its own.", o => o.Splitter()),
        Mapper<FixUnicodeOptions>("fix_unicode_mapper", "Repairs wrongly decoded text and unusual characters.", o => new TextRepair(o.Form).Repair),
        Mapper<PlainOptions>("clean_html_mapper", "Takes the text out of HTML.", _ => HtmlText.Extract),
        Mapper<PlainOptions>("whitespace_normalization_mapper", "Replaces blanks of all kinds by ASCII blanks.", _ => Normalization.Blanks),
        Mapper<PlainOptions>("punctuation_normalization_mapper", "Replaces punctuation of all kinds by ASCII punctuation.", _ => Normalization.Punctuation),
        Mapper<LongWordsOptions>("remove_long_words_mapper", "Removes words outside a range of lengths.", Words.WithinLength),
        Mapper<IncorrectSubstringsOptions>("remove_words_with_incorrect_substrings_mapper", "Removes words that contain certain texts.", Words.WithoutSubstrings),
        Mapper<SpecificCharactersOptions>("remove_specific_chars_mapper", "Removes certain characters.", o => SpecificCharacters.Remover(o.Parts)),
        Mapper<ReplaceContentOptions>("replace_content_mapper", "Replaces what patterns match.", ReplaceContent),
        Mapper<PlainOptions>("clean_copyright_mapper", "Removes copyright notices at the head of source code.", _ => Copyright.Remove),
        Mapper<PlainOptions>("expand_macro_mapper", "Replaces TeX macros by what they stand for.", _ => Latex.ExpandMacros),
        Mapper<PlainOptions>("remove_bibliography_mapper", "Cuts the bibliography at the end of TeX sources.", _ => Latex.WithoutBibliography),
        Mapper<RemoveCommentsOptions>("remove_comments_mapper", "Removes comments from TeX sources.", Latex.CommentRemover),
        Mapper<RemoveHeaderOptions>("remove_header_mapper", "Cuts what stands before the first heading of TeX sources.", _ => Latex.WithoutHeader),
        Mapper<NonChineseOptions>("remove_non_chinese_character_mapper", "Keeps Han characters and little else.", NonChinese.Remover),
        Mapper<TableTextOptions>("remove_table_text_mapper", "Removes tables from plain text.", TableText.Remover),
        Mapper<RepeatSentencesOptions>("remove_repeat_sentences_mapper", "Removes sentences that came before.", o => new RepeatedSentences(o).Remove),
    ];

    private static Func<string, string> ReplaceContent(ReplaceContentOptions options)
    {
        var steps = (options.Patterns ?? []).Zip(options.Replacements, (p, r) => new PythonRegex(PythonRegex.Unwrap(p)).Replacer(r)).ToList();
        return text => steps.Aggregate(text, (current, step) => step(current));
    }

    private static OperatorDescriptor Clean(string name, string summary, Func<string, Func<string, string>> own) =>
        Mapper<CleanOptions>(name, summary, o => o.Pattern is null
            ? own(o.Replacement)
            : new PythonRegex(PythonRegex.Unwrap(o.Pattern)).Replacer(o.Replacement));

    private static OperatorDescriptor Mapper<T>(string name, string summary, Func<T, Func<string, string>> create) => new()
    {
        Name = name,
        Kind = OperatorKind.Mapper,
        Summary = summary,
        OptionsType = typeof(T),
        Create = (options, textKey) => new TextMapper(textKey, create((T)options)),
    };
}
