using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Data.Rows;

namespace Sandbox.Components.Texts;

/// <summary>The texts of a data set. Rows that are malformed or have no text are counted, and fail the job once there are
/// more than the user puts up with.</summary>
/// <param name="context">The job.</param>
/// <param name="paths">The data set, as the user named it.</param>
/// <param name="textKey">The field that holds the text, dots for nested ones.</param>
/// <param name="maxBadRows">How many such rows are put up with: a number, or a share of all rows when below 1.</param>
internal sealed class DatasetTexts(
    ComponentContext context, IReadOnlyList<string> paths, string textKey, double maxBadRows)
{
    private readonly string[] _keys = textKey.Split('.');
    private readonly DatasetRows _rows = new(context, paths, maxBadRows);

    /// <summary>What messages call the data set.</summary>
    public string Name => _rows.Name;

    /// <summary>All texts in order.</summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (_, text) in ReadRowsAsync(cancellationToken))
        {
            yield return text;
        }
    }

    /// <summary>All rows with a text, in order.</summary>
    public async IAsyncEnumerable<(Row Row, string Text)> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Row? current = null;
        var texts = _rows.ReadAsync(
            row =>
            {
                current = row;
                return (Text(row), $"has no text under \"{textKey}\"");
            },
            cancellationToken);
        await foreach (var text in texts)
        {
            yield return (current!, text);
        }
    }

    private string? Text(Row row)
    {
        if (_keys.Length == 1 || row.Contains(textKey))
        {
            return row.GetText(textKey);
        }

        var value = _keys.Skip(1).Aggregate(row.Get(_keys[0]), (node, key) => (node as JsonObject)?[key]);
        return value is JsonValue json && json.TryGetValue(out string? text) ? text : null;
    }
}
