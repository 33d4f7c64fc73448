using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;
using Sandbox.Workflows.Resources;

namespace Sandbox.Cli.Doctor;

/// <summary>GPUs and other slots that jobs ask for, against those that this machine has or declares.</summary>
internal static class SlotChecks
{
    /// <summary>The checks, one a kind of slot.</summary>
    public static async Task<IReadOnlyList<Check>> OfAsync(
        IEnumerable<(string Name, JobConfig Job)> jobs, string directory, CancellationToken cancellationToken)
    {
        var wanted = jobs.SelectMany(j => WantsOf(j.Job).Select(w => (Kind: w.Key, w.Value, j.Name))).ToLookup(w => w.Kind, StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return [];
        }

        var all = await new ResourceInventory().AllAsync(cancellationToken);
        var checks = new List<Check>();
        foreach (var kind in wanted)
        {
            var (most, there) = (kind.Max(w => w.Value), all.TryGetValue(kind.Key, out var slots) ? slots.Count : 0);
            var detail = kind.Key == ResourceInventory.Gpus ? await GpusAsync(there, directory, cancellationToken)
                : FormattableString.Invariant($"{there} declared in {ResourceInventory.Variable}");
            checks.Add(new Check(
                kind.Key == ResourceInventory.Gpus ? "gpu" : "slot", FormattableString.Invariant($"{most} {kind.Key}"),
                there >= most ? CheckStatus.Ok : CheckStatus.Missing, detail, [.. kind.Select(w => w.Name)]));
        }

        return checks;
    }

    // A job's resources, or the num_gpus of upstream's components.
    private static IEnumerable<KeyValuePair<string, int>> WantsOf(JobConfig job)
    {
        var own = job.Resources.Where(r => r.Value > 0);
        return !job.Resources.ContainsKey(ResourceInventory.Gpus)
            && job.ExtraConfigs?.Value?["num_gpus"] is JsonValue value && value.TryGetValue(out long count) && count > 0
                ? own.Append(KeyValuePair.Create(ResourceInventory.Gpus, (int)count))
                : own;
    }

    private static async Task<string> GpusAsync(int there, string directory, CancellationToken cancellationToken)
    {
        var host = await new HostProbe(new ShortCommandRunner()).DescribeAsync(directory, cancellationToken);
        var seen = host.Gpus.Count == 0 ? "nvidia-smi shows none" : string.Join(", ", host.Gpus.Select(g => g.Name));
        return there == host.Gpus.Count ? seen
            : FormattableString.Invariant($"{there} by {ResourceInventory.Variable} or CUDA_VISIBLE_DEVICES; {seen}");
    }
}
