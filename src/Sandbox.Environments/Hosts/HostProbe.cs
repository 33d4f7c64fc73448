using System.Globalization;
using System.Runtime.InteropServices;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Hosts;

/// <summary>Looks at the machine. What cannot be found out is left out: a run never fails for want of it.</summary>
/// <param name="commands">Runs <c>nvidia-smi</c> and <c>git</c>.</param>
public sealed class HostProbe(ShortCommandRunner commands)
{
    private static readonly string[] GpuQuery = ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader,nounits"];

    /// <summary>Describes this machine.</summary>
    /// <param name="directory">The directory whose git revision is asked for.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<HostDescription> DescribeAsync(string directory, CancellationToken cancellationToken) => new()
    {
        Name = Environment.MachineName,
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.OSArchitecture.ToString(),
        Processor = await ProcessorAsync(cancellationToken),
        ProcessorCount = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Runtime = RuntimeInformation.FrameworkDescription,
        Gpus = ParseGpus(await OutputAsync("nvidia-smi", GpuQuery, null, cancellationToken)),
        GitRevision = await GitRevisionAsync(directory, cancellationToken),
    };

    /// <summary>Reads what <c>nvidia-smi</c> prints: name, memory in MiB and driver, a line a GPU.</summary>
    internal static IReadOnlyList<GpuDescription> ParseGpus(string? output) =>
        [.. (output ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 3)
            .Select(parts => new GpuDescription(
                parts[0], long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var memory) ? memory : null, parts[2]))];

    private static async Task<string?> ProcessorAsync(CancellationToken cancellationToken)
    {
        const string CpuInfo = "/proc/cpuinfo";
        if (!File.Exists(CpuInfo))
        {
            return null;
        }

        await foreach (var line in File.ReadLinesAsync(CpuInfo, cancellationToken))
        {
            if (line.StartsWith("model name", StringComparison.Ordinal))
            {
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }

        return null;
    }

    private async Task<string?> GitRevisionAsync(string directory, CancellationToken cancellationToken)
    {
        var revision = (await OutputAsync("git", ["rev-parse", "HEAD"], directory, cancellationToken))?.Trim();
        if (string.IsNullOrEmpty(revision))
        {
            return null;
        }

        var changes = await OutputAsync("git", ["status", "--porcelain", "--untracked-files=no"], directory, cancellationToken);
        return string.IsNullOrWhiteSpace(changes) ? revision : revision + "-dirty";
    }

    private async Task<string?> OutputAsync(
        string program, IReadOnlyList<string> arguments, string? directory, CancellationToken cancellationToken)
    {
        try
        {
            var result = await commands.RunAsync(new ShortCommand(program, arguments) { WorkingDirectory = directory }, cancellationToken);
            return result.ExitCode == 0 ? result.Output : null;
        }
        catch (ShortCommandException)
        {
            return null;
        }
    }
}
