using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision;

/// <summary>Keeps what an ended process wrote under a second name, without copying it where the file system can.</summary>
public static class KeptFile
{
    /// <summary>Links, or copies. What stands under the second name is replaced.</summary>
    /// <param name="source">A file that nobody writes any more.</param>
    /// <param name="target">Its second name.</param>
    public static void Keep(string source, string target)
    {
        File.Delete(target);
        if (!OperatingSystem.IsLinux() || LibC.Link(source, target) != 0)
        {
            File.Copy(source, target, overwrite: true);
        }
    }
}
