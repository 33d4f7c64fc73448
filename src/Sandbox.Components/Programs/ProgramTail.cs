using System.Text;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs;

/// <summary>The last lines of a program that failed.</summary>
internal static class ProgramTail
{
    private const int Bytes = 16 << 10;
    private const int Lines = 8;
    private const int Width = 300;

    /// <summary>Its last lines, standard error first of all, as the end of a message; nothing where it printed nothing.</summary>
    public static async Task<string> OfAsync(SupervisedProcess process, CancellationToken cancellationToken)
    {
        foreach (var stream in new[] { "stderr", "stdout" })
        {
            var text = await ReadAsync(process, stream, cancellationToken);
            var lines = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (lines.Length > 0)
            {
                var last = lines.TakeLast(Lines).Select(l => l.Length <= Width ? l : l[..Width] + "…");
                return $" Its last lines ({stream}): {string.Join(" | ", last)}";
            }
        }

        return " It printed nothing.";
    }

    private static async Task<string> ReadAsync(SupervisedProcess process, string stream, CancellationToken cancellationToken)
    {
        var reader = process.Read(stream, Math.Max(0, process.Size(stream) - Bytes));
        var text = new MemoryStream();
        while (await reader.NextAsync(cancellationToken) is { Length: > 0 } bytes)
        {
            await text.WriteAsync(bytes, cancellationToken);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
