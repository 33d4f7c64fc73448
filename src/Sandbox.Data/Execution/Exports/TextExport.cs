using System.Text;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Exports;

/// <summary>Plain text, a line a row. Line ends within a text become blanks.</summary>
internal sealed class TextExport(string path, string compression, string textKey) : IExport
{
    private readonly AtomicFile _file = new(path, compression);
    private readonly RowParser _parser = new();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(lines.Length);
        foreach (var line in JsonLines.Of(lines))
        {
            text.Append(_parser.Parse(line).Row?.GetText(textKey)?.ReplaceLineEndings(" ")).Append('\n');
        }

        await _file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _file.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
