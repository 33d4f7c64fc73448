namespace Sandbox.Data.Operators;

/// <summary>Text operators that are known by name and come with a later version of the engine.</summary>
internal static class LaterOperators
{
    private const string Later = "it comes with a later version of the embedded engine; until then the real Data-Juicer runs it.";

    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        Known(OperatorKind.Mapper, "sentence_split_mapper"),
    ];

    private static OperatorDescriptor Known(OperatorKind kind, string name, params string[] statistics) => new()
    {
        Name = name,
        Kind = kind,
        Summary = "Known by name.",
        Statistics = statistics,
        Missing = Later,
    };
}
