using Sandbox.Components.Plugins.Assemblies;
using Sandbox.Components.Plugins.Manifests;
using Sandbox.Components.Plugins.Parts;
using Sandbox.Core.Faults;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Plugins;

/// <summary>Reads the plugins of a directory: <c>NAME.dll</c> and <c>NAME/NAME.dll</c> (class libraries that refer to Sandbox.Core),
/// and <c>NAME/plugin.yaml</c> (programs). Nothing outside the directory is read, and no program runs.</summary>
internal static class PluginFolder
{
    private const string Manifest = "plugin.yaml";

    /// <summary>The plugins in the order of their names; one that cannot be read gives a fault that names it.</summary>
    public static IEnumerable<PluginParts> Read(string directory, ProcessSupervision supervision, ICollection<Fault> faults)
    {
        foreach (var file in Libraries(directory))
        {
            if (PluginAssembly.Read(file, faults) is { IsEmpty: false } parts)
            {
                yield return parts;
            }
        }

        foreach (var file in Below(directory).Select(d => Path.Combine(d, Manifest)).Where(File.Exists))
        {
            if (ManifestPlugin.Read(file, supervision, faults) is { IsEmpty: false } parts)
            {
                yield return parts;
            }
        }
    }

    private static IEnumerable<string> Libraries(string directory) => !Directory.Exists(directory)
        ? []
        : Directory.EnumerateFiles(directory, "*.dll").Order(StringComparer.Ordinal)
            .Concat(Below(directory).Select(d => Path.Combine(d, Path.GetFileName(d) + ".dll")).Where(File.Exists));

    private static IEnumerable<string> Below(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal) : [];
}
