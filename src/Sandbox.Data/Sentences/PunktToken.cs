using System.Text.RegularExpressions;
using Sandbox.Data.Text;

namespace Sandbox.Data.Sentences;

/// <summary>A token of a text, and what is found out about the full stop that it ends in.</summary>
internal sealed partial class PunktToken(string text)
{
    private const string Number = "##number##";

    public string Text { get; } = text;

    /// <summary>In lower case; numbers are all the same.</summary>
    public string Type { get; } = NumberPattern().IsMatch(text) ? Number : PythonText.ToLower(text);

    /// <summary>Whether a sentence ends behind it.</summary>
    public bool EndsSentence { get; set; }

    public bool IsAbbreviation { get; set; }

    public bool IsEllipsis => EllipsisPattern().IsMatch(Text);

    public bool HasStop => Text.EndsWith('.');

    public bool IsNumber => TypeWithoutStop == Number;

    public bool IsInitial => Text.Length == 2 && Text[1] == '.' && (char.IsLetter(Text[0]) || Text[0] == '_');

    public bool IsCapital => char.IsUpper(Text[0]);

    public bool IsSmall => char.IsLower(Text[0]);

    public string TypeWithoutStop => Type.Length > 1 && Type[^1] == '.' ? Type[..^1] : Type;

    /// <summary>Without the stop where it ends a sentence.</summary>
    public string TypeWithoutEnd => EndsSentence ? TypeWithoutStop : Type;

    [GeneratedRegex("^-?[.,]?\\d[\\d,.-]*\\.?$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^\\.\\.+$", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex EllipsisPattern();
}
