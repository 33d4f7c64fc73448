namespace Sandbox.Data.Operators.Mappers;

/// <summary>Mappers of the text.</summary>
internal static class TextMappers
{
    public static IEnumerable<OperatorDescriptor> All { get; } = [];
}
