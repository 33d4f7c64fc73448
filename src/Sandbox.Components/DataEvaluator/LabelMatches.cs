using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Python;

namespace Sandbox.Components.DataEvaluator;

/// <summary>
/// Counts the rows whose two labels read the same in Python. Upstream loads columns with one type: where a column holds
/// whole numbers and fractions, the whole numbers are floats too, and 1 reads <c>1.0</c>. Which columns those are is known
/// only at the end, so all four cases are counted.
/// </summary>
internal sealed class LabelMatches
{
    private readonly long[] _hits = new long[4];
    private (bool Whole, bool Fraction) _predicted;
    private (bool Whole, bool Fraction) _truth;

    /// <summary>Rows counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows whose labels are the same.</summary>
    public long Hits => _hits[(IsMixed(_predicted) ? 1 : 0) + (IsMixed(_truth) ? 2 : 0)];

    public void Add(JsonNode? predicted, JsonNode? truth)
    {
        Rows++;
        Note(predicted, ref _predicted);
        Note(truth, ref _truth);
        for (var widened = 0; widened < _hits.Length; widened++)
        {
            var same = Text(predicted, (widened & 1) != 0) == Text(truth, (widened & 2) != 0);
            _hits[widened] += same ? 1 : 0;
        }
    }

    private static string Text(JsonNode? label, bool widened) =>
        widened && IsNumber(label) ? PythonText.Repr(PythonFloat.Parse(label).Value) : PythonText.Str(label);

    private static void Note(JsonNode? label, ref (bool Whole, bool Fraction) seen)
    {
        if (IsNumber(label))
        {
            var fraction = label!.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
            seen = (seen.Whole || !fraction, seen.Fraction || fraction);
        }
    }

    private static bool IsMixed((bool Whole, bool Fraction) seen) => seen is { Whole: true, Fraction: true };

    private static bool IsNumber(JsonNode? label) => label?.GetValueKind() == JsonValueKind.Number;
}
