using Sandbox.Core.Components.Options;
using Sandbox.Data.Chinese;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Options of <c>chinese_convert_mapper</c>.</summary>
public sealed class ChineseConvertOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>The conversion, as in <c>s2t</c>: from simplified to traditional characters.</summary>
    [Option("mode")]
    public string Mode { get; init; } = "s2t";

    internal ChineseConverter Converter => ChineseConverter.Modes[Mode].Value;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (!ChineseConverter.Modes.ContainsKey(Mode))
        {
            fault("mode", $"\"{Mode}\" is unknown: {string.Join(", ", ChineseConverter.Modes.Keys)}.");
        }
    }
}
