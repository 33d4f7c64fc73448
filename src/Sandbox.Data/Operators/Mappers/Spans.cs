using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Replaces parts of a text that a scanner finds.</summary>
internal static class Spans
{
    /// <summary>Finds the next part at or behind a place; a start below 0 means there is none.</summary>
    public delegate (int Start, int End) Finder(string text, int from);

    /// <summary>A function that replaces all parts, from left to right and without overlap.</summary>
    public static Func<string, string> Replacer(Func<Finder> newFinder, string replacement)
    {
        var template = ReplacementTemplate.Parse(replacement, null);
        return text =>
        {
            var find = newFinder();
            var (result, at) = ((StringBuilder?)null, 0);
            while (find(text, at) is { Start: >= 0 } part)
            {
                result ??= new StringBuilder(text.Length);
                result.Append(text, at, part.Start - at).Append(template.Expand(text[part.Start..part.End]));
                at = part.End;
            }

            return result?.Append(text, at, text.Length - at).ToString() ?? text;
        };
    }
}
