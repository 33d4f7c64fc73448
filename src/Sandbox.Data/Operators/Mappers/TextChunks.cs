using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Options of <c>text_chunk_mapper</c>.</summary>
public sealed class TextChunkOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>Longest chunk, in characters or in tokens; null cuts at the pattern only.</summary>
    [Option("max_len", Min = 1)]
    public int? MaxLength { get; init; }

    /// <summary>Where to cut, in Python's notation; null cuts by length only.</summary>
    [Option("split_pattern")]
    public string? Pattern { get; set; } = "\\n\\n";

    /// <summary>How much of a chunk comes again in the next one, where the pattern does not cut.</summary>
    [Option("overlap_len", Min = 0)]
    public int Overlap { get; init; }

    /// <summary>What counts tokens: a directory with a <c>tokenizer.json</c>, that file, or a name on Hugging Face's hub that is
    /// in a cache here; null counts characters.</summary>
    [Option("tokenizer")]
    public string? Tokenizer { get; init; }

    /// <summary>Without meaning here: no code of a tokenizer runs.</summary>
    [Option("trust_remote_code")]
    public bool TrustRemoteCode { get; init; }

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (MaxLength is null && Pattern is null)
        {
            fault("max_len", "and split_pattern cannot both be null.");
        }

        if (Overlap >= MaxLength)
        {
            fault("overlap_len", "must be below max_len.");
        }

        if (Pattern is not null && PythonRegex.Problem(Pattern, string.Empty) is { } problem)
        {
            fault("split_pattern", problem);
        }

        if (Tokenizer is not null && HuggingFaceFiles.Problem(Tokenizer) is { } missing)
        {
            fault("tokenizer", missing);
        }
    }
}

/// <summary>Cuts a text into chunks, a row each; all other fields are copied.</summary>
internal sealed class TextChunkMapper : IRowSplitter
{
    private readonly string _textKey;
    private readonly Func<string, IEnumerable<string>> _cut;

    public TextChunkMapper(string textKey, TextChunkOptions options)
    {
        _textKey = textKey;
        ITextUnits units = options.Tokenizer is null ? new CharacterUnits() : new TokenUnits(HuggingFaceFiles.Load(options.Tokenizer));
        var pattern = options.Pattern is null ? null : new PythonRegex("(" + options.Pattern + ")", dotMatchesAll: false);
        _cut = (pattern, options.MaxLength) switch
        {
            ({ } separators, null) => text => Chunking.AtSeparators(text, separators),
            (null, { } length) => text => units.Windows(text, length, options.Overlap),
            ({ } separators, { } length) => text => Chunking.ByBoth(text, separators, units, length, options.Overlap),
            _ => throw new ArgumentException("Neither a length nor a pattern is given.", nameof(options)),
        };
    }

    public static OperatorDescriptor Descriptor { get; } = new()
    {
        Name = "text_chunk_mapper",
        Kind = OperatorKind.Mapper,
        Summary = "Cuts texts into chunks, a row each.",
        OptionsType = typeof(TextChunkOptions),
        Create = (options, textKey) => new TextChunkMapper(textKey, (TextChunkOptions)options),
    };

    public IReadOnlyList<Row> Split(Row row)
    {
        var text = TextField.Of(row, _textKey).Text;
        var chunks = _cut(text).ToList();
        if (chunks.Count == 1 && string.Equals(chunks[0], text, StringComparison.Ordinal))
        {
            return [row];
        }

        return chunks.ConvertAll(chunk =>
        {
            var copy = row.Copy();
            copy.SetText(_textKey, chunk);
            return copy;
        });
    }
}
