using System.Globalization;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>Cuts what ties a supervisor to whoever started it.</summary>
internal static class Detachment
{
    private const int ReadWrite = 2;
    private const int WriteAppend = 0x1 | 0x40 | 0x400;
    private const int OwnerOnly = 0x180;

    /// <summary>Leaves its session, its terminal and its pipes.</summary>
    /// <param name="complaints">The file that takes standard error.</param>
    public static void Run(string complaints)
    {
        _ = LibC.SetSid();
        LibC.Ignore(LibC.SigHup);
        LibC.Ignore(LibC.SigInt);
        LibC.Ignore(LibC.SigQuit);
        Replace(LibC.Open("/dev/null", ReadWrite, 0), 0, 1);
        Replace(LibC.Open(complaints, WriteAppend, OwnerOnly), 2);
        CloseInherited();
    }

    private static void Replace(int with, params int[] descriptors)
    {
        Array.ForEach(descriptors, d => LibC.Dup2(with, d));
        _ = LibC.Close(with);
    }

    // What came through from outside has no close-on-exec; all that .NET opens has. A lock or a pipe of the shell that
    // started everything must not be held for hours.
    private static void CloseInherited()
    {
        foreach (var entry in new DirectoryInfo("/proc/self/fd").GetFileSystemInfos())
        {
            var descriptor = int.Parse(entry.Name, CultureInfo.InvariantCulture);
            if (descriptor > 2 && LibC.IsInherited(descriptor) && entry.LinkTarget != "/dev/null")
            {
                _ = LibC.Close(descriptor);
            }
        }
    }
}
