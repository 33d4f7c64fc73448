using System.Collections.Frozen;

namespace Sandbox.Data.Operators;

/// <summary>The names of Data-Juicer's own operators, whether or not the embedded engine has them.</summary>
internal static class UpstreamOperators
{
    private static readonly Lazy<FrozenSet<string>> Names = new(Read);

    /// <summary>Whether Data-Juicer has an operator of that name.</summary>
    public static bool Has(string name) => Names.Value.Contains(name);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(UpstreamOperators).Assembly.GetManifestResourceStream("Sandbox.Data.Operators.upstream-operators.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
