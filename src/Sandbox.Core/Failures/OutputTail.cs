using System.Text;

namespace Sandbox.Core.Failures;

/// <summary>The end of a stream, in which the reason of a failure stands; memory does not grow with the stream.</summary>
public sealed class OutputTail
{
    private const int Kept = 256 * 1024;
    private readonly byte[] _ring = new byte[Kept];
    private long _length;

    /// <summary>The lines that are kept, carriage returns and escapes of terminals taken away; a line that was drawn over
    /// counts once for each drawing.</summary>
    public IReadOnlyList<string> Lines => [.. Text().Split('\n', '\r').Select(TerminalText.Plain)];

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.Length > Kept ? bytes[^Kept..] : bytes;
        _length += bytes.Length - rest.Length;
        while (!rest.IsEmpty)
        {
            var at = (int)(_length % Kept);
            var part = rest[..Math.Min(rest.Length, Kept - at)];
            part.CopyTo(_ring.AsSpan(at));
            _length += part.Length;
            rest = rest[part.Length..];
        }
    }

    /// <summary>The end of a file.</summary>
    public static async Task<OutputTail> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var tail = new OutputTail();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(0, file.Length - Kept), SeekOrigin.Begin);
        var buffer = new byte[64 * 1024];
        for (var read = await file.ReadAsync(buffer, cancellationToken); read > 0; read = await file.ReadAsync(buffer, cancellationToken))
        {
            tail.Add(buffer.AsSpan(0, read));
        }

        return tail;
    }

    private string Text()
    {
        var start = (int)(_length % Kept);
        return _length <= Kept
            ? Encoding.UTF8.GetString(_ring.AsSpan(0, (int)_length))
            : Encoding.UTF8.GetString([.. _ring.AsSpan(start), .. _ring.AsSpan(0, start)]);
    }
}
