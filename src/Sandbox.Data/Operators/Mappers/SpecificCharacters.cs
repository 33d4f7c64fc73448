using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Removes listed characters. Upstream joins the list with vertical bars into a set, which therefore go too as
/// soon as there are two.</summary>
internal static class SpecificCharacters
{
    private const string Meaningful = "\\]^-[&~|";

    /// <summary>A function that removes the characters.</summary>
    /// <exception cref="ArgumentException">The list makes no set.</exception>
    public static Func<string, string> Remover(IReadOnlyList<string> parts)
    {
        if (parts.Count == 0)
        {
            return text => text;
        }

        // Within a set some characters mean more than themselves, as upstream leaves them unescaped.
        if (parts.Any(p => p.AsSpan().IndexOfAny(Meaningful) >= 0))
        {
            return new PythonRegex($"[{string.Join('|', parts)}]").Replacer(string.Empty);
        }

        var removed = string.Join('|', parts).EnumerateRunes().ToHashSet();
        return text => Without(text, removed);
    }

    private static string Without(string text, HashSet<Rune> removed)
    {
        var (result, from) = ((StringBuilder?)null, 0);
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var units);
            if (Rune.TryCreate(codePoint, out var rune) && removed.Contains(rune))
            {
                (result ??= new StringBuilder(text.Length)).Append(text, from, i - from);
                from = i + units;
            }

            i += units;
        }

        return result?.Append(text, from, text.Length - from).ToString() ?? text;
    }
}
