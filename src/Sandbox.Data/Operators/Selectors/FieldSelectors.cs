namespace Sandbox.Data.Operators.Selectors;

/// <summary>Selectors by a field.</summary>
internal static class FieldSelectors
{
    public static IEnumerable<OperatorDescriptor> All { get; } = [];
}
