using System.Buffers;
using System.Text;

namespace Sandbox.Components.Programs;

/// <summary>Cuts what a program says into lines, each stream for itself.</summary>
/// <param name="take">Takes each line, without its end.</param>
internal sealed class OutputLines(Action<string> take)
{
    // A program that never ends a line is not kept in memory.
    private const int Longest = 1 << 20;
    private readonly Dictionary<string, ArrayBufferWriter<byte>> _open = new(StringComparer.Ordinal);

    /// <summary>Takes the next bytes of a stream, cut wherever.</summary>
    public void Add(string stream, ReadOnlySpan<byte> bytes)
    {
        if (!_open.TryGetValue(stream, out var line))
        {
            _open[stream] = line = new ArrayBufferWriter<byte>();
        }

        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            line.Write(bytes[..end]);
            Finish(line);
            bytes = bytes[(end + 1)..];
        }

        line.Write(bytes);
        if (line.WrittenCount >= Longest)
        {
            Finish(line);
        }
    }

    /// <summary>The streams have ended: last lines may lack their end.</summary>
    public void Complete()
    {
        foreach (var line in _open.Values.Where(l => l.WrittenCount > 0))
        {
            Finish(line);
        }
    }

    private void Finish(ArrayBufferWriter<byte> line)
    {
        take(Encoding.UTF8.GetString(line.WrittenSpan));
        line.ResetWrittenCount();
    }
}
