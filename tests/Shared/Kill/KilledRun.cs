using System.Diagnostics;
using System.Text;

namespace Sandbox.Testing.Kill;

/// <summary>One run of a config that is killed again and again and resumed until it finishes.</summary>
/// <param name="site">Where it runs.</param>
/// <param name="config">The config, relative to the site.</param>
/// <param name="time">The clock of the moments.</param>
internal sealed class KilledRun(DemoSite site, string config, TimeProvider time)
{
    /// <summary>What was recorded when the process died, by job; it must be there at the end.</summary>
    public Dictionary<string, string> RecordedBefore { get; } = new(StringComparer.Ordinal);

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Runs the config to its end.</summary>
    /// <param name="moments">A moment for each process that shall be killed; past their end nothing is killed any more.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">A process ended by itself, but with an error.</exception>
    public async Task FinishAsync(IEnumerator<KillMoment> moments, CancellationToken cancellationToken)
    {
        while (true)
        {
            var id = await RunLedger.FindRunAsync(site.Home, cancellationToken);
            using var process = id is null ? site.Start("run", config) : site.Start("resume", id);
            var output = new StringBuilder();
            if (!moments.MoveNext())
            {
                await ReadAsync(process, output, int.MaxValue, cancellationToken);
            }
            else if (await IsAliveAtAsync(process, moments.Current, output, cancellationToken))
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(cancellationToken);
                Kills++;
                await RememberAsync(cancellationToken);
                continue;
            }

            await EndAsync(process, output, cancellationToken);
            return;
        }
    }

    private async Task<bool> IsAliveAtAsync(Process process, KillMoment moment, StringBuilder output, CancellationToken cancellationToken)
    {
        await ReadAsync(process, output, moment.Lines, cancellationToken);
        var ended = process.WaitForExitAsync(cancellationToken);
        await Task.WhenAny(ended, Task.Delay(moment.Wait, time, cancellationToken));
        return !process.HasExited;
    }

    private static async Task ReadAsync(Process process, StringBuilder output, int lines, CancellationToken cancellationToken)
    {
        for (var i = 0; i < lines && await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line; i++)
        {
            output.AppendLine(line);
        }
    }

    private static async Task EndAsync(Process process, StringBuilder output, CancellationToken cancellationToken)
    {
        await ReadAsync(process, output, int.MaxValue, cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"The command ended with exit code {process.ExitCode}.\n{output}\n{errors}"));
        }
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        foreach (var (job, record) in await RunLedger.RecordsAsync(site.Home, cancellationToken))
        {
            RecordedBefore.TryAdd(job, record);
        }
    }
}
