using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Options of the mappers that replace what a pattern matches.</summary>
public sealed class CleanOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>A pattern in Python's notation; null takes the operator's own.</summary>
    [Option("pattern")]
    public string? Pattern { get; init; }

    /// <summary>What matches are replaced by.</summary>
    [Option("repl")]
    public string Replacement { get; init; } = string.Empty;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Pattern is not null && PythonRegex.Problem(Pattern, Replacement) is { } problem)
        {
            fault("pattern", problem);
        }
    }
}

/// <summary>Options of <c>replace_content_mapper</c>.</summary>
public sealed class ReplaceContentOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>Patterns in Python's notation, applied in turn; none keeps the text.</summary>
    [Option("pattern")]
    public IReadOnlyList<string>? Patterns { get; init; }

    /// <summary>One replacement for all patterns, or a list with one for each.</summary>
    [Option("repl")]
    public JsonNode? Replacement { get; init; }

    /// <summary>The replacement of each pattern.</summary>
    internal IReadOnlyList<string> Replacements => Replacement is JsonArray list
        ? [.. list.Select(n => n?.ToString() ?? string.Empty)]
        : [.. (Patterns ?? []).Select(_ => Replacement?.ToString() ?? string.Empty)];

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        var patterns = Patterns ?? [];
        if (Replacements.Count < patterns.Count)
        {
            fault("repl", FormattableString.Invariant($"has {Replacements.Count} replacements for {patterns.Count} patterns: give one for each, or a single text for all."));
            return;
        }

        foreach (var problem in patterns.Zip(Replacements, PythonRegex.Problem).OfType<string>())
        {
            fault("pattern", problem);
        }
    }
}

/// <summary>Options of mappers that have none of their own.</summary>
public sealed class PlainOptions : OperatorOptions;

/// <summary>Options of <c>remove_long_words_mapper</c>.</summary>
public sealed class LongWordsOptions : OperatorOptions
{
    /// <summary>Shortest word to keep, in characters.</summary>
    [Option("min_len")]
    public double MinLen { get; init; } = 1;

    /// <summary>Longest word to keep.</summary>
    [Option("max_len")]
    public double MaxLen { get; init; } = long.MaxValue;
}

/// <summary>Options of <c>remove_words_with_incorrect_substrings_mapper</c>.</summary>
public sealed class IncorrectSubstringsOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>Language of the tokenizer.</summary>
    [Option("lang")]
    public string Language { get; init; } = "en";

    /// <summary>Whether words are the pieces of the language's SentencePiece model.</summary>
    [Option("tokenization")]
    public bool Tokenization { get; init; }

    /// <summary>What a word must not contain.</summary>
    [Option("substrings")]
    public IReadOnlyList<string> Substrings { get; init; } = ["http", "www", ".com", "href", "//"];

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Tokenization && SentencePieceFiles.Problem(Language) is { } problem)
        {
            fault("tokenization", problem);
        }
    }
}

/// <summary>Options of <c>remove_specific_chars_mapper</c>.</summary>
public sealed class SpecificCharactersOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>Characters to remove: a text or a list of texts.</summary>
    [Option("chars_to_remove")]
    public JsonNode? Characters { get; init; } = JsonValue.Create("◆●■►▼▲▴∆▻▷❖♡□");

    /// <summary>The parts that are listed.</summary>
    internal IReadOnlyList<string> Parts => Characters switch
    {
        JsonArray list => [.. list.Select(n => n?.ToString() ?? string.Empty)],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [.. value.GetValue<string>().EnumerateRunes().Select(r => r.ToString())],
        _ => [],
    };

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        try
        {
            _ = SpecificCharacters.Remover(Parts);
        }
        catch (ArgumentException e)
        {
            fault("chars_to_remove", $"these characters make no set: {e.Message}");
        }
    }
}

/// <summary>Options of <c>remove_repeat_sentences_mapper</c>.</summary>
public sealed class RepeatSentencesOptions : OperatorOptions
{
    /// <summary>Whether upper and lower case are the same.</summary>
    [Option("lowercase")]
    public bool Lowercase { get; init; }

    /// <summary>Whether only ASCII letters, digits, Han characters and blanks matter.</summary>
    [Option("ignore_special_character")]
    public bool IgnoreSpecialCharacter { get; init; } = true;

    /// <summary>Shorter sentences are always kept, in characters.</summary>
    [Option("min_repeat_sentence_length")]
    public double MinRepeatSentenceLength { get; init; } = 2;
}

/// <summary>Options of <c>remove_comments_mapper</c>.</summary>
public sealed class RemoveCommentsOptions : OperatorOptions
{
    /// <summary>Kind of the documents; upstream looks at TeX whatever it says.</summary>
    [Option("doc_type")]
    public JsonNode? DocType { get; init; }

    /// <summary>Whether comments behind text go.</summary>
    [Option("inline")]
    public bool Inline { get; init; } = true;

    /// <summary>Whether lines that are comments go.</summary>
    [Option("multiline")]
    public bool Multiline { get; init; } = true;
}

/// <summary>Options of <c>remove_header_mapper</c>.</summary>
public sealed class RemoveHeaderOptions : OperatorOptions
{
    /// <summary>Has no effect, as in upstream: a text without a heading stays.</summary>
    [Option("drop_no_head")]
    public bool DropNoHead { get; init; } = true;
}

/// <summary>Options of <c>remove_non_chinese_character_mapper</c>.</summary>
public sealed class NonChineseOptions : OperatorOptions
{
    /// <summary>Whether ASCII letters stay.</summary>
    [Option("keep_alphabet")]
    public bool KeepAlphabet { get; init; } = true;

    /// <summary>Whether ASCII digits stay.</summary>
    [Option("keep_number")]
    public bool KeepNumber { get; init; } = true;

    /// <summary>Whether some punctuation and the blank stay.</summary>
    [Option("keep_punc")]
    public bool KeepPunctuation { get; init; } = true;
}

/// <summary>Options of <c>remove_table_text_mapper</c>.</summary>
public sealed class TableTextOptions : OperatorOptions
{
    /// <summary>Fewest columns of a table.</summary>
    [Option("min_col", Min = 2, Max = 20)]
    public int MinCol { get; init; } = 2;

    /// <summary>Most columns of a table.</summary>
    [Option("max_col", Min = 2, Max = 20)]
    public int MaxCol { get; init; } = 20;
}

/// <summary>Options of <c>extract_tables_from_html_mapper</c>.</summary>
public sealed class ExtractTablesOptions : OperatorOptions
{
    /// <summary>Name of the tag that the tables are put under.</summary>
    [Option("tables_field_name")]
    public string TablesFieldName { get; init; } = "html_tables";

    /// <summary>Whether tables are kept as HTML.</summary>
    [Option("retain_html_tags")]
    public bool RetainHtmlTags { get; init; }

    /// <summary>Whether rows with a heading cell are kept.</summary>
    [Option("include_header")]
    public bool IncludeHeader { get; init; } = true;
}
