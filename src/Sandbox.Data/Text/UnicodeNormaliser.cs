using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Data.Text;

/// <summary>The normal forms of Unicode (UAX #15).</summary>
internal enum NormalForm
{
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

/// <summary>
/// Brings texts into a normal form, by tables of the Unicode version that upstream's Python has. .NET's own method leaves
/// texts as they are where no ICU is installed, and follows the version of ICU elsewhere.
/// </summary>
internal static class UnicodeNormaliser
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TailCount;

    /// <summary>The text in the form; the same object where it is in it already, as far as single characters tell.</summary>
    public static string Normalise(string text, NormalForm form)
    {
        var changed = NormalFormTable.Shared.FirstThatMayChange(text, form);
        if (changed < 0)
        {
            return text;
        }

        var points = new List<int>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var codePoint = CodePoints.At(text, at, out var units);
            Decompose(codePoint, form is NormalForm.Nfkc or NormalForm.Nfkd, points);
            at += units;
        }

        var result = CollectionsMarshal.AsSpan(points);
        Order(result);
        return ToText(form is NormalForm.Nfc or NormalForm.Nfkc ? result[..Compose(result)] : result);
    }

    private static void Decompose(int codePoint, bool compatibly, List<int> points)
    {
        if (codePoint is >= HangulBase and < HangulBase + HangulCount)
        {
            var index = codePoint - HangulBase;
            points.Add(LeadBase + (index / (VowelCount * TailCount)));
            points.Add(VowelBase + (index % (VowelCount * TailCount) / TailCount));
            if (index % TailCount != 0)
            {
                points.Add(TailBase + (index % TailCount));
            }
        }
        else if (NormalFormTable.Shared.Decomposition(codePoint, compatibly) is { } parts)
        {
            foreach (var part in parts)
            {
                Decompose(part, compatibly, points);
            }
        }
        else
        {
            points.Add(codePoint);
        }
    }

    // Marks behind a letter stand in the order of their classes; those of one class keep theirs.
    private static void Order(Span<int> points)
    {
        var table = NormalFormTable.Shared;
        for (var i = 1; i < points.Length; i++)
        {
            var (point, combining) = (points[i], table.Class(points[i]));
            var at = i;
            for (; combining != 0 && at > 0 && table.Class(points[at - 1]) > combining; at--)
            {
                points[at] = points[at - 1];
            }

            points[at] = point;
        }
    }

    private static int Compose(Span<int> points)
    {
        var table = NormalFormTable.Shared;
        var (starter, length, last) = (-1, 0, 0);
        foreach (var point in points)
        {
            var combining = table.Class(point);
            // A mark of the same or a higher class in between keeps the two apart, and so does any letter.
            var isOpen = starter == length - 1 || (last != 0 && last < combining);
            if (starter >= 0 && isOpen && Pair(points[starter], point) is >= 0 and var composed)
            {
                points[starter] = composed;
                continue;
            }

            starter = combining == 0 ? length : starter;
            last = combining;
            points[length++] = point;
        }

        return length;
    }

    private static int Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
        {
            return HangulBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
        }

        if (first is >= HangulBase and < HangulBase + HangulCount && (first - HangulBase) % TailCount == 0 && second is > TailBase and < TailBase + TailCount)
        {
            return first + second - TailBase;
        }

        return NormalFormTable.Shared.Composition(first, second);
    }

    private static string ToText(ReadOnlySpan<int> points)
    {
        var result = new StringBuilder(points.Length + 16);
        foreach (var point in points)
        {
            if (point > char.MaxValue)
            {
                result.Append(char.ConvertFromUtf32(point));
            }
            else
            {
                result.Append((char)point);
            }
        }

        return result.ToString();
    }
}
