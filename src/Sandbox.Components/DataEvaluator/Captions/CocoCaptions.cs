using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataEvaluator.Captions;

/// <summary>An image with the captions to compare, as written.</summary>
internal sealed record CaptionedImage(string Id, string Candidate, IReadOnlyList<string> References);

/// <summary>Reads captions in COCO's two formats and brings them together, in the order of the references.</summary>
internal static class CocoCaptions
{
    public static async Task<(IReadOnlyList<CaptionedImage> Images, int WithoutCandidate)> ReadAsync(
        CaptionMetricsOptions options, IJobFiles files, CancellationToken cancellationToken)
    {
        var annotations = (await ParseAsync(options.ReferencesPath, files, cancellationToken) as JsonObject)?["annotations"] as JsonArray
            ?? throw new JobFailedException($"{options.ReferencesPath}: COCO's annotations are a mapping with a list \"annotations\".");
        var results = await ParseAsync(options.CandidatesPath, files, cancellationToken) as JsonArray
            ?? throw new JobFailedException($"{options.CandidatesPath}: COCO's results are a list of \"image_id\" and \"caption\".");
        var references = Captions(annotations, options.ReferencesPath).ToLookup(c => c.Image, c => c.Text, StringComparer.Ordinal);
        var candidates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (image, text) in Captions(results, options.CandidatesPath))
        {
            if (!references.Contains(image))
            {
                throw new JobFailedException($"{options.CandidatesPath}: image {image} has no reference in {options.ReferencesPath}.");
            }

            if (!candidates.TryAdd(image, text))
            {
                throw new JobFailedException($"{options.CandidatesPath}: image {image} has more than one caption; give one an image.");
            }
        }

        var images = references.Where(r => candidates.ContainsKey(r.Key))
            .Select(r => new CaptionedImage(r.Key, candidates[r.Key], [.. r])).ToList();
        return images.Count > 0
            ? (images, references.Count - images.Count)
            : throw new JobFailedException($"there is nothing to evaluate: {options.CandidatesPath} holds no caption.");
    }

    private static IEnumerable<(string Image, string Text)> Captions(JsonArray items, string path)
    {
        foreach (var (i, item) in items.Index())
        {
            if (item is JsonObject caption && caption["image_id"] is JsonValue image
                && caption["caption"] is JsonValue value && value.TryGetValue(out string? text))
            {
                yield return (image.ToString(), text);
            }
            else
            {
                throw new JobFailedException(FormattableString.Invariant(
                    $"{path}: item {i + 1} needs an \"image_id\" and a text \"caption\"."));
            }
        }
    }

    private static async Task<JsonNode?> ParseAsync(string path, IJobFiles files, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(files.ResolveRead(path));
            return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new JobFailedException($"{path} cannot be read as COCO captions: {e.Message}", e);
        }
    }
}
