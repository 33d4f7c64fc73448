using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>What a scalar is.</summary>
public enum ScalarKind
{
    /// <summary>Empty, <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c>, <c>no</c>, <c>on</c> …</summary>
    Boolean,

    /// <summary>A whole number without point or exponent.</summary>
    Integer,

    /// <summary>A number with point or exponent, or an infinite or undefined one.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>A single value.</summary>
public sealed class ConfigScalar : ConfigNode
{
    private readonly object? _value;

    internal ConfigScalar(SourceLocation location, string text, ScalarKind kind, object? value)
        : base(location)
    {
        Text = text;
        Kind = kind;
        _value = value;
    }

    /// <summary>The value as written, without quotes.</summary>
    public string Text { get; }

    /// <summary>What it is; quoted scalars are text.</summary>
    public ScalarKind Kind { get; }

    /// <summary>Whether it is null.</summary>
    public bool IsNull => Kind == ScalarKind.Null;

    /// <summary>The number, or null for another kind.</summary>
    public double? Number => Kind switch
    {
        ScalarKind.Integer => double.Parse(_value!.ToString()!, CultureInfo.InvariantCulture),
        ScalarKind.Number => (double)_value!,
        _ => null,
    };

    /// <summary>The truth value, or null for another kind.</summary>
    public bool? Boolean => Kind == ScalarKind.Boolean ? (bool)_value! : null;

    /// <inheritdoc />
    public override string Noun => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Text => $"the text \"{Shorten(Text)}\"",
        _ => Shorten(Text),
    };

    /// <summary>Text that stands at the place given.</summary>
    public static ConfigScalar OfText(SourceLocation location, string text) => new(location, text, ScalarKind.Text, text);

    /// <summary>What plain YAML would make of the text: quoted numbers and truth values become what they say.</summary>
    public ConfigScalar Unquoted() => Kind == ScalarKind.Text ? ScalarResolver.Plain(Location, Text) : this;

    /// <inheritdoc />
    public override JsonNode? ToJson() => Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create((bool)_value!),
        // Parsed from text: such a value converts to every type of number, and a float stays one ("10.0").
        ScalarKind.Integer => JsonNode.Parse(_value!.ToString()!),
        ScalarKind.Number => OfNumber((double)_value!),
        _ => JsonValue.Create((string)_value!),
    };

    private static JsonNode? OfNumber(double number)
    {
        if (!double.IsFinite(number))
        {
            return JsonValue.Create(double.IsNaN(number) ? ".nan" : number > 0 ? ".inf" : "-.inf");
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "…");
}
