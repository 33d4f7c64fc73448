using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sandbox.Workflows.Reports;

/// <summary>Builds HTML: the literal text of an interpolated string is markup, whatever stands in its holes is escaped.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();
    private int _ids;

    /// <summary>Adds markup with escaped holes; numbers are written for coordinates.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] ref Holes markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>An id that no other element has.</summary>
    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"c{++_ids}");

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private void Escape(string? text)
    {
        foreach (var c in text ?? string.Empty)
        {
            _ = c switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\t' or '\n' => _text.Append(c),
                // HTML has no place for other control characters.
                _ when char.IsControl(c) => _text.Append('\uFFFD'),
                _ => _text.Append(c),
            };
        }
    }

    [InterpolatedStringHandler]
    public readonly ref struct Holes
    {
        private readonly Html _html;

        public Holes(int literalLength, int formattedCount, Html html)
        {
            _ = literalLength + formattedCount;
            _html = html;
        }

        public void AppendLiteral(string markup) => _html._text.Append(markup);

        public void AppendFormatted(string? text) => _html.Escape(text);

        public void AppendFormatted(int number) => _html._text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) =>
            _html._text.Append(double.IsFinite(number) ? number.ToString("0.##", CultureInfo.InvariantCulture) : "0");
    }
}
