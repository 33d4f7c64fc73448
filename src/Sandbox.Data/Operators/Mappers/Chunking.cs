using System.Text.RegularExpressions;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>The ways to cut a text where a pattern matches.</summary>
internal static class Chunking
{
    /// <summary>Cuts at all matches; these are chunks themselves, and what holds only blanks is left out.</summary>
    public static IEnumerable<string> AtSeparators(string text, PythonRegex separators)
    {
        var at = 0;
        foreach (var match in separators.Matches(text))
        {
            foreach (var part in Parts(text[at..match.Index], match))
            {
                yield return part;
            }

            at = match.Index + match.Length;
        }

        if (!PythonText.Strip(text.AsSpan(at)).IsEmpty)
        {
            yield return text[at..];
        }
    }

    /// <summary>While the rest is too long, cuts at the last match within the length, which vanishes, or else at the
    /// length.</summary>
    public static IEnumerable<string> ByBoth(string text, PythonRegex separators, ITextUnits units, int length, int overlap)
    {
        var rest = text;
        while (units.Head(rest, length) is { } head)
        {
            if (separators.Matches(head).LastOrDefault() is { } last)
            {
                // Of tokens that are cut amid a character the head may be no beginning of the text.
                var end = Math.Min(rest.Length, last.Index + last.Length);
                yield return head[..last.Index];
                rest = end > 0 ? rest[end..] : throw new OperatorException("the pattern matches nothing at the beginning of a chunk, and would do so without end");
            }
            else
            {
                yield return head;
                rest = units.Tail(rest, length - overlap);
            }
        }

        yield return rest;
    }

    // As Python's split gives them: groups of the pattern are parts too.
    private static IEnumerable<string> Parts(string before, Match match)
    {
        var groups = match.Groups.Values.Skip(1).Select(g => g.Success
            ? g.Value
            : throw new OperatorException("a group of the pattern matched nothing"));
        return groups.Prepend(before).Where(part => !PythonText.Strip(part).IsEmpty);
    }
}
