using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Environments.Python;

/// <summary>Which environment: upstream's <c>env_manager</c>, <c>env_name</c> and <c>env_params</c>.</summary>
public sealed record EnvironmentSpec
{
    private static readonly string[] CondaLike = ["conda", "mamba", "micromamba"];

    /// <summary>The managers that there are.</summary>
    public static IReadOnlyList<string> Managers { get; } = [.. CondaLike, "venv", "virtualenv", "uv"];

    /// <summary>The manager, one of <see cref="Managers"/>.</summary>
    public required string Manager { get; init; }

    /// <summary>For conda and its like a name, or a path where it holds a slash; else the environment's directory.</summary>
    public string? Name { get; init; }

    /// <summary>The environment file that conda and its like make it from (<c>env_config_path</c>); its <c>name:</c> counts.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Version of Python (<c>env_py_version</c>), as <c>3.11</c>. For conda and its like 3.10 without it, as
    /// upstream; else whatever <c>python3</c> is.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>Whether the manager is conda or like it.</summary>
    public bool IsConda => CondaLike.Contains(Manager, StringComparer.Ordinal);

    /// <summary>All that is wrong with it: the option's key and what is wrong. Empty where it can be used.</summary>
    public IEnumerable<(string Key, string Message)> Faults()
    {
        if (!Managers.Contains(Manager, StringComparer.Ordinal))
        {
            yield return ("env_manager", $"must be one of {string.Join(", ", Managers)}, not \"{Manager}\".");
            yield break;
        }

        if (string.IsNullOrEmpty(Name) && ConfigPath is null)
        {
            yield return ("env_name", IsConda ? "env_name or env_params.env_config_path must be given." : "must be given: the environment's directory.");
        }

        if (Name is not null && (Name.AsSpan().ContainsAny('\0', '\n', '\r') || (IsConda && Name.StartsWith('-'))))
        {
            yield return ("env_name", "must not hold line breaks, nor, as a name for conda, begin with a dash.");
        }

        if (ConfigPath is not null && !IsConda)
        {
            yield return ("env_params.env_config_path", $"is for {string.Join(", ", CondaLike)}; install a requirements file with env_deps instead.");
        }

        if (PythonVersion is not null && (PythonVersion.Length == 0 || PythonVersion.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '*'))))
        {
            yield return ("env_params.env_py_version", $"must be a version such as 3.11, not \"{PythonVersion}\".");
        }
    }

    /// <summary>The same with the name that stands in the environment file, as upstream takes it.</summary>
    /// <exception cref="EnvironmentException">The file cannot be read or has no name, or the spec is wrong.</exception>
    internal EnvironmentSpec Resolved()
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
        {
            throw new EnvironmentException(string.Join(' ', faults.Select(f => $"{f.Key} {f.Message}")));
        }

        return ConfigPath is null ? this : this with { Name = NameIn(ConfigPath), ConfigPath = Path.GetFullPath(ConfigPath) };
    }

    private static string NameIn(string path)
    {
        try
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Count > 0 && yaml.Documents[0].RootNode is YamlMappingNode root
                && root.Children.TryGetValue(new YamlScalarNode("name"), out var node) && node is YamlScalarNode { Value: { Length: > 0 } name }
                && !name.StartsWith('-') && !name.Contains('\n', StringComparison.Ordinal)
                ? name
                : throw new EnvironmentException($"{path} names no environment: it needs a line such as \"name: train\".");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException)
        {
            throw new EnvironmentException($"The environment file cannot be read: {e.Message}", e);
        }
    }
}
