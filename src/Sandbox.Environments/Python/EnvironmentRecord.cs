using System.Text.Json;

namespace Sandbox.Environments.Python;

/// <summary>What is known of an environment that was made or used here.</summary>
public sealed record EnvironmentRecord
{
    /// <summary>Being made, or left half-made by somebody who died.</summary>
    public const string Creating = "creating";

    /// <summary>Made whole.</summary>
    public const string Ready = "ready";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Its manager.</summary>
    public required string Manager { get; init; }

    /// <summary>Its directory, or manager and name.</summary>
    public required string Identity { get; init; }

    /// <summary><see cref="Creating"/> or <see cref="Ready"/>.</summary>
    public required string State { get; init; }

    /// <summary>Whether it was made here: only then may it be cleared away without being asked.</summary>
    public bool MadeHere { get; init; }

    /// <summary>When it was made, or first used where somebody else had made it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Fingerprints of what was installed.</summary>
    public IReadOnlyList<string> Installed { get; init; } = [];

    /// <summary>The program that is at work on it, or was when its starter died.</summary>
    public int? Pid { get; init; }

    /// <summary>When that program started: a number may belong to another by now.</summary>
    public DateTimeOffset? PidSince { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static EnvironmentRecord? FromFile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<EnvironmentRecord>(File.ReadAllText(path), Json);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
