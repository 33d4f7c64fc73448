using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Rows;

/// <summary>What kind of value a statistic has.</summary>
public enum StatKind
{
    /// <summary>Null.</summary>
    Null,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction, also when that is 0.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A list or an object.</summary>
    Node,
}

/// <summary>The value of a statistic of one row.</summary>
public readonly struct StatValue
{
    private const int ExportedDecimals = 10;
    private readonly double _number;
    private readonly object? _object;

    private StatValue(StatKind kind, double number, object? value) => (Kind, _number, _object) = (kind, number, value);

    /// <summary>What it is.</summary>
    public StatKind Kind { get; }

    /// <summary>The number; true is 1; NaN where it is none.</summary>
    public double AsDouble => Kind is StatKind.Integer or StatKind.Number or StatKind.Boolean ? _number : double.NaN;

    /// <summary>The text; null where it is none.</summary>
    public string? AsText => _object as string;

    /// <summary>A whole number.</summary>
    public static StatValue Of(long value) => new(StatKind.Integer, value, null);

    /// <summary>A number.</summary>
    public static StatValue Of(double value) => new(StatKind.Number, value, null);

    /// <summary>True or false.</summary>
    public static StatValue Of(bool value) => new(StatKind.Boolean, value ? 1 : 0, null);

    /// <summary>Text.</summary>
    public static StatValue Of(string value) => new(StatKind.Text, 0, value);

    /// <summary>Any JSON value.</summary>
    public static StatValue Of(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => default,
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.String => Of(node.GetValue<string>()),
        JsonValueKind.Number => OfNumber(node.ToJsonString()),
        _ => new StatValue(StatKind.Node, 0, node),
    };

    /// <summary>The value as JSON.</summary>
    public JsonNode? ToNode() => Kind switch
    {
        StatKind.Null => null,
        StatKind.Boolean => JsonValue.Create(_number != 0),
        StatKind.Integer => JsonValue.Create((long)_number),
        StatKind.Number => double.IsFinite(_number) ? JsonNode.Parse(PythonNumber.Repr(_number)) : null,
        StatKind.Text => JsonValue.Create((string)_object!),
        _ => ((JsonNode)_object!).DeepClone(),
    };

    /// <summary>Writes it as JSON.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="rounded">To 10 decimals, as exported files have it; else in full.</param>
    internal void Write(PooledBuffer target, bool rounded)
    {
        switch (Kind)
        {
            case StatKind.Null:
            case StatKind.Number when !double.IsFinite(_number):
                // JSON has no NaN: what a reader gets is "no value", as upstream's export says it.
                target.Write("null"u8);
                break;
            case StatKind.Boolean:
                target.Write(_number != 0 ? "true"u8 : "false"u8);
                break;
            case StatKind.Integer:
                ((long)_number).TryFormat(target.GetSpan(24), out var digits, provider: CultureInfo.InvariantCulture);
                target.Advance(digits);
                break;
            case StatKind.Number:
                WriteNumber(target, rounded);
                break;
            case StatKind.Text:
                JsonText.Write(Encoding.UTF8.GetBytes((string)_object!), target);
                break;
            default:
                target.Write(Encoding.UTF8.GetBytes(((JsonNode)_object!).ToJsonString(RowWriter.Relaxed)));
                break;
        }
    }

    private void WriteNumber(PooledBuffer target, bool rounded)
    {
        var written = rounded ? FixedDecimals.TryWrite(_number, target.GetSpan(FixedDecimals.Longest)) : 0;
        if (written > 0)
        {
            target.Advance(written);
            return;
        }

        target.Write(Encoding.ASCII.GetBytes(PythonNumber.Repr(rounded ? Rounded(_number) : _number)));
    }

    private static double Rounded(double value) =>
        Math.Abs(value) < 1e5 ? Math.Round(value, ExportedDecimals) : value;

    private static StatValue OfNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Math.Abs(whole) < 1L << 53
            ? Of(whole)
            : Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}
