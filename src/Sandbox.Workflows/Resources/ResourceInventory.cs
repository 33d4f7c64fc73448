using System.Globalization;
using Sandbox.Components.Programs;
using Sandbox.Core.Faults;

namespace Sandbox.Workflows.Resources;

/// <summary>The slots that this machine has: GPUs as <c>nvidia-smi</c> or <c>CUDA_VISIBLE_DEVICES</c> tells them, and what
/// is declared in <c>SANDBOX_RESOURCES</c>, as in <c>gpus=2,licences=1</c>.</summary>
public sealed class ResourceInventory
{
    /// <summary>The GPUs' name.</summary>
    public const string Gpus = "gpus";

    /// <summary>The variable that declares slots.</summary>
    public const string Variable = "SANDBOX_RESOURCES";

    /// <summary>All slots by kind. Looked up each time: what is declared may be changed for the next run.</summary>
    /// <exception cref="JobFailedException">The declaration cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> AllAsync(CancellationToken cancellationToken)
    {
        var all = Declared(Environment.GetEnvironmentVariable(Variable) ?? string.Empty);
        var visible = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES");
        if (!all.ContainsKey(Gpus))
        {
            all[Gpus] = visible is null
                ? Numbers(await ProgramHost.CountGpusAsync(cancellationToken))
                : visible.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return all;
    }

    internal static Dictionary<string, IReadOnlyList<string>> Declared(string text)
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = item.Split('=', StringSplitOptions.TrimEntries);
            all[parts[0]] = parts is [{ Length: > 0 }, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Numbers(number)
                : throw new JobFailedException($"{Variable} holds \"{item}\"; write names and whole numbers, as in gpus=2,licences=1.");
        }

        return all;
    }

    private static IReadOnlyList<string> Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
