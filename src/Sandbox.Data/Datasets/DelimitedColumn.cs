using System.Globalization;
using System.Text.Json;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Datasets;

/// <summary>A column of a CSV file: what all its cells are.</summary>
internal sealed class DelimitedColumn(string name)
{
    private static readonly HashSet<string> NullWords = new(StringComparer.Ordinal)
    {
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    };

    private bool _isWhole = true;
    private bool _isNumber = true;
    private bool _isBoolean = true;
    private bool _hasNull;

    /// <summary>The words that pandas reads as "no value".</summary>
    public static bool MeansNull(string cell) => NullWords.Contains(cell);

    public void See(string? cell)
    {
        if (cell is null)
        {
            _hasNull = true;
            return;
        }

        _isWhole = _isWhole && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        _isNumber = _isNumber && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        _isBoolean = _isBoolean && cell is "True" or "False" or "true" or "false" or "TRUE" or "FALSE";
    }

    public void Write(Utf8JsonWriter writer, string? cell)
    {
        writer.WritePropertyName(name);
        if (cell is null)
        {
            writer.WriteNullValue();
        }
        else if (_isWhole && !_hasNull)
        {
            writer.WriteNumberValue(long.Parse(cell, CultureInfo.InvariantCulture));
        }
        else if (_isNumber)
        {
            // Whole numbers beside empty cells become fractions, since upstream's columns have no empty integer.
            writer.WriteRawValue(PythonNumber.Repr(double.Parse(cell, CultureInfo.InvariantCulture)));
        }
        else if (_isBoolean && !_hasNull)
        {
            writer.WriteBooleanValue(cell[0] is 'T' or 't');
        }
        else
        {
            writer.WriteStringValue(cell);
        }
    }
}
