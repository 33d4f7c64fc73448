using Sandbox.Core.Faults;
using Sandbox.Data.Tokenizers.BytePair;

namespace Sandbox.Data.Assets;

/// <summary>Tokenizers of Hugging Face, each a file <c>tokenizer.json</c>.</summary>
internal static class HuggingFaceFiles
{
    /// <summary>The tokenizer that upstream counts tokens with where none is named.</summary>
    public const string Default = "EleutherAI/pythia-6.9b-deduped";
    private const string FileName = "tokenizer.json";

    /// <summary>Says why a tokenizer cannot be used, or null.</summary>
    /// <param name="name">A directory, a file, or a name on the hub.</param>
    public static string? Problem(string name)
    {
        var path = Find(name);
        if (path is null)
        {
            return $"needs the {FileName} of tokenizer \"{name}\": a directory or file of that name, {Path.Combine(CacheFolders.Models, name, FileName)}, "
                + $"or a snapshot in the cache of the hub ({Hub(name)}; HF_HOME moves it). It is not downloaded here.";
        }

        try
        {
            Load(name);
            return null;
        }
        catch (JobFailedException e)
        {
            return e.Message;
        }
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <exception cref="JobFailedException">It is missing, damaged, or of a kind that cannot be read.</exception>
    public static BytePairTokenizer Load(string name) =>
        SharedModels.Get(Find(name) ?? throw new JobFailedException(Problem(name)!), TokenizerFile.Load);

    private static string? Find(string name) => Places(name).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Places(string name)
    {
        if (name.EndsWith(".json", StringComparison.Ordinal))
        {
            yield return name;
        }

        yield return Path.Combine(name, FileName);
        if (Environment.GetEnvironmentVariable("DATA_JUICER_EXTERNAL_MODELS_HOME") is { Length: > 0 } home)
        {
            yield return Path.Combine(home, name, FileName);
        }

        yield return Path.Combine(CacheFolders.Models, name, FileName);
        var snapshots = Path.Combine(Hub(name), "snapshots");
        if (Directory.Exists(snapshots))
        {
            foreach (var snapshot in Directory.EnumerateDirectories(snapshots).Order(StringComparer.Ordinal))
            {
                yield return Path.Combine(snapshot, FileName);
            }
        }
    }

    private static string Hub(string name)
    {
        var home = Environment.GetEnvironmentVariable("HF_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface");
        var hub = Environment.GetEnvironmentVariable("HF_HUB_CACHE") is { Length: > 0 } cache ? cache : Path.Combine(home, "hub");
        return Path.Combine(hub, "models--" + name.Replace("/", "--", StringComparison.Ordinal));
    }
}
