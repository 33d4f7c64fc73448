using Sandbox.Core.Faults;

namespace Sandbox.Components.Programs.Steps;

/// <summary>How many GPUs a program is told to use.</summary>
internal static class GpuCount
{
    /// <summary>The number given, else all that there are.</summary>
    public static async Task<int> OfAsync(int? given, CancellationToken cancellationToken)
    {
        if (given is { } number)
        {
            return number;
        }

        var found = await ProgramHost.CountGpusAsync(cancellationToken);
        return found > 0 ? found : throw new JobFailedException("no GPU was found on this machine (nvidia-smi lists none): set num_gpus, or run the job elsewhere.");
    }
}
