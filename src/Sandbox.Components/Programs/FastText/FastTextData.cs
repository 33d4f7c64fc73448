using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Python;
using Sandbox.Components.Texts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;

namespace Sandbox.Components.Programs.FastText;

/// <summary>Writes rows as fastText reads them: a line a row, its labels first. A durable step of the job, streamed.</summary>
internal static class FastTextData
{
    private const string Prefix = "__label__";

    /// <summary>Writes the file and gives its path.</summary>
    /// <exception cref="JobFailedException">No row can be used.</exception>
    public static async Task<string> ConvertAsync(
        ComponentContext context, FastTextDataOptions options, IReadOnlyList<string> paths, string name, CancellationToken cancellationToken)
    {
        var path = context.Files.Lasting($"{name}.txt");
        await context.Steps.RunAsync(
            $"write {name}.txt for fastText", async token => await WriteAsync(context, options, paths, path, token), cancellationToken);
        if (!File.Exists(path))
        {
            // The step was finished by an earlier attempt, whose directory is another one.
            await WriteAsync(context, options, paths, path, cancellationToken);
        }

        return path;
    }

    private static async Task<JsonNode?> WriteAsync(
        ComponentContext context, FastTextDataOptions options, IReadOnlyList<string> paths, string path, CancellationToken cancellationToken)
    {
        var rows = 0L;
        var source = new DatasetRows(context, paths, options.MaxBadRows);
        await WholeFile.WriteAsync(path, async output =>
        {
            await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
            await foreach (var line in source.ReadAsync(row => Line(row.ToJson(), options), cancellationToken))
            {
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
                rows++;
            }
        });
        return rows > 0
            ? rows
            : throw new JobFailedException($"{string.Join(", ", paths)} holds no row with \"{options.TextKey}\" and \"{options.LabelKey}\".");
    }

    private static (string? Line, string? Problem) Line(JsonObject row, FastTextDataOptions options)
    {
        if (NestedKey.Find(row, options.TextKey) is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
        {
            return (null, $"has no text under \"{options.TextKey}\"");
        }

        var labels = NestedKey.Find(row, options.LabelKey) switch
        {
            JsonArray list => [.. list.Select(Label)],
            var one => new[] { Label(one) },
        };
        if (labels.Length == 0 || labels.Contains(null))
        {
            return (null, $"has no label under \"{options.LabelKey}\"");
        }

        // A word that looks like a label would be taken for one.
        var words = text.GetValue<string>().Replace(Prefix, "_label_", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (string.Join(' ', labels.Concat(words)), null);
    }

    // White space ends a label, so it is written as in a URL.
    private static string? Label(JsonNode? node) => node is JsonValue value && Core.Context.Placeholders.Text(value) is { Length: > 0 } text
        ? Prefix + string.Concat(text.Select(c => char.IsWhiteSpace(c) || c == '%'
            ? string.Concat(Encoding.UTF8.GetBytes(c.ToString()).Select(b => string.Create(CultureInfo.InvariantCulture, $"%{b:X2}")))
            : c.ToString()))
        : null;
}
