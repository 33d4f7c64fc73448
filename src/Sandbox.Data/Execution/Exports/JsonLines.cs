namespace Sandbox.Data.Execution.Exports;

/// <summary>Cuts bytes into lines.</summary>
internal static class JsonLines
{
    /// <summary>The lines, without their ends.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = bytes.Span.IndexOf((byte)'\n');
            length = length < 0 ? bytes.Length : length;
            yield return bytes[..length];
            bytes = bytes[Math.Min(length + 1, bytes.Length)..];
        }
    }
}
