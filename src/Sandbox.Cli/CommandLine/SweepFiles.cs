using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Cli.CommandLine;

/// <summary>Reads and checks sweeps: a file of its own, or the <c>hpo_config</c> of a sandbox config.</summary>
internal static class SweepFiles
{
    /// <summary>The sweep.</summary>
    /// <exception cref="FaultException">It cannot be read, or something in it is wrong; all faults at once.</exception>
    public static SweepConfig Read(string path)
    {
        var faults = new List<Fault>();
        var node = ReadNode(path, faults);
        if (node is ConfigMapping config && config.Find("hpo_config") is { } hpo)
        {
            node = hpo.Value is ConfigScalar { Kind: ScalarKind.Text } file ? ReadNode(file.Text, faults) : hpo.Value;
        }

        var sweep = node is null ? null : SweepConfig.Parse(node, faults);
        return faults.Count == 0 && sweep is not null ? sweep : throw new FaultException(faults);
    }

    private static ConfigNode? ReadNode(string path, List<Fault> faults)
    {
        try
        {
            return ConfigParser.Parse(File.ReadAllBytes(path), path, faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a directory"
                : e is FileNotFoundException or DirectoryNotFoundException ? $"it does not exist (looked for {Path.GetFullPath(path)})"
                : FileFault.Reason(e);
            faults.Add(new Fault(new SourceLocation(path, 0, 0), $"the sweep cannot be read: {reason}."));
            return null;
        }
    }
}
