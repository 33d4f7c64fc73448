using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Environments.Hosts;

/// <summary>The machine that a run started on, as recorded with the run and shown in its report.</summary>
public sealed record HostDescription
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Name of the machine.</summary>
    public required string Name { get; init; }

    /// <summary>Operating system with version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Architecture of the processor, as <c>X64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Model of the processor; null where the system does not say.</summary>
    public string? Processor { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public required int ProcessorCount { get; init; }

    /// <summary>Memory of the machine in bytes (of the container, where that is less).</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>The GPUs; empty where there are none or <c>nvidia-smi</c> is absent.</summary>
    public IReadOnlyList<GpuDescription> Gpus { get; init; } = [];

    /// <summary>Revision of the git repository that the run's directory lies in, with <c>-dirty</c> where tracked files
    /// were changed; null without git or repository.</summary>
    public string? GitRevision { get; init; }

    /// <summary>All of it as JSON with camelCase keys.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();
}

/// <summary>A GPU.</summary>
/// <param name="Name">Its model.</param>
/// <param name="MemoryMebibytes">Its memory in MiB, or null where it does not say.</param>
/// <param name="Driver">Version of its driver.</param>
public sealed record GpuDescription(string Name, long? MemoryMebibytes, string Driver);
