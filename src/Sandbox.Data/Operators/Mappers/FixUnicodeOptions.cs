using Sandbox.Core.Components.Options;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Options of <c>fix_unicode_mapper</c>.</summary>
public sealed class FixUnicodeOptions : OperatorOptions, IValidatableOptions
{
    private static readonly string[] Forms = ["NFC", "NFD", "NFKC", "NFKD"];

    /// <summary>The normal form of the result: <c>NFC</c>, <c>NFD</c>, <c>NFKC</c> or <c>NFKD</c>, in either case; null is
    /// <c>NFC</c>.</summary>
    [Option("normalization")]
    public string? Normalization { get; init; }

    internal NormalForm Form => string.IsNullOrEmpty(Normalization) ? NormalForm.Nfc : Enum.Parse<NormalForm>(Normalization, ignoreCase: true);

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (!string.IsNullOrEmpty(Normalization) && !Forms.Contains(Normalization, StringComparer.OrdinalIgnoreCase))
        {
            fault("normalization", $"\"{Normalization}\" is unknown: {string.Join(", ", Forms)}.");
        }
    }
}
