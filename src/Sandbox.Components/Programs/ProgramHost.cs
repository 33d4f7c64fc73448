using Sandbox.Environments.ShortCommands;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs;

/// <summary>Runs the programs of jobs, and ends those that no job waits for any more.</summary>
/// <param name="time">The clock.</param>
public sealed class ProgramHost(TimeProvider time) : IAsyncDisposable
{
    internal ProcessSupervision Supervision { get; } = new(time);

    /// <summary>Whether programs end with this process, as where the system has no supervisors.</summary>
    public bool IsAttached => Supervision.IsAttached;

    /// <summary>The programs of an attempt that still run, or may.</summary>
    /// <param name="lastingDirectory">Where the attempt's lasting files are.</param>
    public IReadOnlyList<string> Open(string lastingDirectory)
    {
        var processes = Path.Combine(lastingDirectory, "processes");
        return Directory.Exists(processes) ? [.. Directory.EnumerateDirectories(processes).Where(Supervision.IsOpen)] : [];
    }

    /// <summary>Ends the programs of an attempt with all that they started.</summary>
    public Task EndAsync(string lastingDirectory, CancellationToken cancellationToken) =>
        Task.WhenAll(Open(lastingDirectory).Select(p => Supervision.EndAsync(p, cancellationToken)));

    /// <summary>This process, so that others can tell whether it still lives.</summary>
    public static string Self { get; } = ProcessSupervision.IsSupported ? ProcessIdentity.OfThisProcess(string.Empty).Format() : string.Empty;

    /// <summary>Whether a process that called itself so lives on this machine.</summary>
    public static bool IsAlive(string self) => !ProcessSupervision.IsSupported || ProcessIdentity.Parse(self)?.IsAlive == true;

    /// <summary>How many GPUs <c>nvidia-smi</c> lists; 0 where it is absent.</summary>
    public static async Task<int> CountGpusAsync(CancellationToken cancellationToken)
    {
        try
        {
            var listed = await new ShortCommandRunner().RunAsync(new ShortCommand("nvidia-smi", ["--list-gpus"]), cancellationToken);
            return listed.ExitCode == 0 ? listed.Output.Split('\n').Count(l => l.StartsWith("GPU ", StringComparison.Ordinal)) : 0;
        }
        catch (ShortCommandException)
        {
            return 0;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Supervision.DisposeAsync();
}
