using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Core.Components.Options;
using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Options of <c>document_deduplicator</c>.</summary>
public sealed class DocumentDeduplicatorOptions : OperatorOptions
{
    /// <summary>Whether upper and lower case are the same.</summary>
    [Option("lowercase")]
    public bool Lowercase { get; init; }

    /// <summary>Whether blanks, digits and ASCII punctuation do not matter.</summary>
    [Option("ignore_non_character")]
    public bool IgnoreNonCharacter { get; init; }
}

/// <summary>Keeps the first of all rows with the same text. The hash is taken row by row and in parallel; the question
/// whether it came before is asked in the order of the rows.</summary>
internal sealed class DocumentDeduplicator(string textKey, DocumentDeduplicatorOptions options) : IDeduplicator
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        new()
        {
            Name = "document_deduplicator",
            Kind = OperatorKind.Deduplicator,
            Summary = "Keeps the first of all rows with the same text.",
            OptionsType = typeof(DocumentDeduplicatorOptions),
            Create = (options, textKey) => new DocumentDeduplicator(textKey, (DocumentDeduplicatorOptions)options),
        },
    ];

    public RowOutcome Run(Row row)
    {
        row.Set(ColumnNames.Hash, Hash(TextField.Of(row, textKey)));
        return RowOutcome.Kept;
    }

    public UInt128? KeyOf(Row row) => row.GetText(ColumnNames.Hash) is { } hash
        ? UInt128.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : null;

    private string Hash(TextView view)
    {
        if (!options.Lowercase && !options.IgnoreNonCharacter && HasNoBlankEnds(view.Utf8.Span))
        {
            return Convert.ToHexStringLower(MD5.HashData(view.Utf8.Span));
        }

        var text = options.Lowercase ? view.Lower.Text : view.Text;
        text = options.IgnoreNonCharacter ? WithoutNonCharacters(text) : text;
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(PythonText.Strip(text).ToString())));
    }

    // ASCII that is no blank at both ends: nothing to strip.
    private static bool HasNoBlankEnds(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is > 0x20 and < 0x80 && text[^1] is > 0x20 and < 0x80;

    private static string WithoutNonCharacters(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var units);
            if (!IsIgnored(codePoint))
            {
                result.Append(text, i, units);
            }

            i += units;
        }

        return result.ToString();
    }

    private static bool IsIgnored(int codePoint) => codePoint < 0x80
        ? !char.IsAsciiLetter((char)codePoint) && (codePoint > ' ' ? codePoint != 0x7f : PythonText.IsBlank((char)codePoint))
        : (codePoint <= 0xffff && PythonText.IsBlank((char)codePoint)) || CodePoints.Category(codePoint) == UnicodeCategory.DecimalDigitNumber;
}
