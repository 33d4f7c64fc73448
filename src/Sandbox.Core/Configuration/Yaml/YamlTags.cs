using Sandbox.Core.Faults;
using YamlDotNet.Core;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>The few tags that a config may bear; all others could make a reader construct objects.</summary>
internal static class YamlTags
{
    private const string Core = "tag:yaml.org,2002:";

    /// <summary>The scalar that the event means.</summary>
    public static ConfigScalar Scalar(Scalar scalar, SourceLocation at)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? ScalarResolver.Plain(at, scalar.Value) : ConfigScalar.OfText(at, scalar.Value);
        }

        if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == Core + "str")
        {
            return ConfigScalar.OfText(at, scalar.Value);
        }

        var plain = ScalarResolver.Plain(at, scalar.Value);
        var fits = scalar.Tag.Value switch
        {
            Core + "int" => plain.Kind == ScalarKind.Integer,
            Core + "float" => plain.Kind is ScalarKind.Integer or ScalarKind.Number,
            Core + "bool" => plain.Kind == ScalarKind.Boolean,
            Core + "null" => plain.Kind == ScalarKind.Null,
            _ => throw Unknown(scalar.Tag, at),
        };
        return !fits
            ? throw new MalformedConfigException(at, $"\"{scalar.Value}\" is not what its tag {scalar.Tag.Value} says: remove the tag.")
            : scalar.Tag.Value == Core + "float" && plain.Kind == ScalarKind.Integer
                ? new ConfigScalar(at, scalar.Value, ScalarKind.Number, plain.Number)
                : plain;
    }

    /// <summary>Refuses a list or mapping that bears another tag than its own.</summary>
    public static void RequireCollection(TagName tag, string own, SourceLocation at)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != own)
        {
            throw Unknown(tag, at);
        }
    }

    private static MalformedConfigException Unknown(TagName tag, SourceLocation at) =>
        new(at, $"the tag {tag.Value} has no meaning in a config: remove it.");
}
