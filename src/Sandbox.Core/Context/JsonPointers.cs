namespace Sandbox.Core.Context;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointers
{
    public static string Append(string pointer, string part) =>
        $"{pointer}/{part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Whether the value at <paramref name="inner"/> is that at <paramref name="outer"/> or part of it.</summary>
    public static bool Covers(string outer, string inner) =>
        inner == outer || inner.StartsWith(outer + "/", StringComparison.Ordinal);
}
