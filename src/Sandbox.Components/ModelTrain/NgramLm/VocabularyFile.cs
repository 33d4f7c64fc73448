using Sandbox.Core.Faults;

namespace Sandbox.Components.ModelTrain.NgramLm;

/// <summary>Reads a fixed vocabulary: words parted by white space, so one a line or many.</summary>
internal static class VocabularyFile
{
    public static async Task<IReadOnlyCollection<string>> ReadAsync(string path, string name, CancellationToken cancellationToken)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                words.UnionWith(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"The vocabulary {name} cannot be read: {e.Message}", e);
        }

        return words.Count > 0
            ? words
            : throw new JobFailedException($"The vocabulary {name} holds no word. Give one word a line, or leave the option out.");
    }
}
