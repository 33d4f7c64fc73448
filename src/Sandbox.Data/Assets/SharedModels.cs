using System.Collections.Concurrent;

namespace Sandbox.Data.Assets;

/// <summary>Models that are in memory, so that operators and jobs that use the same file share it. One that nobody uses any
/// more may be collected.</summary>
internal static class SharedModels
{
    private static readonly ConcurrentDictionary<Key, WeakReference<object>> Loaded = new();
    private static readonly Lock Gate = new();

    /// <summary>The model of a file, read where it is not in memory or the file has changed.</summary>
    public static T Get<T>(string path, Func<string, T> load)
        where T : class
    {
        var file = new FileInfo(path);
        var key = new Key(typeof(T), file.FullName, file.Exists ? file.Length : 0, file.Exists ? file.LastWriteTimeUtc : default);
        lock (Gate)
        {
            if (Loaded.TryGetValue(key, out var reference) && reference.TryGetTarget(out var known))
            {
                return (T)known;
            }

            var model = load(path);
            Loaded[key] = new WeakReference<object>(model);
            return model;
        }
    }

    private readonly record struct Key(Type Type, string Path, long Length, DateTime Written);
}
