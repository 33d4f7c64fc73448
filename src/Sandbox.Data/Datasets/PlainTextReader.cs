using System.Runtime.CompilerServices;
using System.Text;

namespace Sandbox.Data.Datasets;

/// <summary>Reads a plain text file, a row for each line that is not blank or one for the whole file, under
/// <c>text</c>.</summary>
internal static class PlainTextReader
{
    public static async IAsyncEnumerable<RawBatch> ReadAsync(
        DatasetFile file, Stream stream, Func<long> position, bool isWhole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var rows = new RowsAsJson(file, position);
        if (isWhole)
        {
            var whole = await reader.ReadToEndAsync(cancellationToken);
            rows.Add(1, writer => writer.WriteString("text", whole));
        }

        for (var line = 1L; await reader.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                rows.Add(line, writer => writer.WriteString("text", text));
            }

            if (rows.IsFull)
            {
                yield return rows.Take();
            }
        }

        if (!rows.IsEmpty)
        {
            yield return rows.Take();
        }
    }
}
