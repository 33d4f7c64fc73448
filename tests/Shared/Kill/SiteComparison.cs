using System.Text;

namespace Sandbox.Testing.Kill;

/// <summary>Compares what two runs of one config published, byte for byte.</summary>
internal static class SiteComparison
{
    /// <summary>What differs; empty where nothing does. A file that only one site has, such as a temporary one left
    /// behind, is a difference.</summary>
    public static IReadOnlyList<string> Differences(DemoSite undisturbed, DemoSite killed)
    {
        var (expected, actual) = (Files(undisturbed), Files(killed));
        var differences = new List<string>();
        differences.AddRange(expected.Except(actual, StringComparer.Ordinal).Select(file => $"{file} is missing."));
        differences.AddRange(actual.Except(expected, StringComparer.Ordinal).Select(file => $"{file} is left over."));
        differences.AddRange(expected.Intersect(actual, StringComparer.Ordinal)
            .Where(file => !Content(undisturbed, file).AsSpan().SequenceEqual(Content(killed, file)))
            .Select(file => $"{file} differs."));
        return differences;
    }

    private static List<string> Files(DemoSite site) =>
    [
        .. Directory.EnumerateFiles(site.Outputs, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(site.Outputs, file)).Order(StringComparer.Ordinal),
    ];

    // Context infos and pages of analyses name some published paths in full.
    private static byte[] Content(DemoSite site, string file)
    {
        var path = Path.Combine(site.Outputs, file);
        return Path.GetExtension(file) is ".json" or ".html"
            ? Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace(site.Root, "<site>", StringComparison.Ordinal))
            : File.ReadAllBytes(path);
    }
}
