using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Environments;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Environments;

/// <summary>The environment that a component's program runs in: upstream's <c>env_manager</c>, <c>env_name</c> and
/// <c>env_params</c>, and what to install there. A component's options inherit it.</summary>
internal abstract class EnvironmentOptions : IValidatableOptions
{
    private const string DefaultManager = "conda";

    [Option("env_manager", Description = "What makes the environment; conda without it, as upstream.", OneOf = ["conda", "mamba", "micromamba", "venv", "virtualenv", "uv"])]
    public string? EnvManager { get; set; }

    [Option("env_name", Description = "Name of the environment; for venv, virtualenv and uv its directory. Without it the program runs in the environment of this one.")]
    public string? EnvName { get; set; }

    [Option("env_params", Description = "How the environment is made.")]
    public EnvironmentParameters EnvParams { get; set; } = new();

    [Option("env_deps", Description = "What to install: the path of a requirements file or of a directory with code, or a list of packages, each with pip's options.")]
    public JsonNode? EnvDeps { get; set; }

    /// <summary>Whether the program runs in an environment of its own.</summary>
    public bool HasEnvironment => EnvManager is not null || EnvName is not null || EnvParams.EnvConfigPath is not null || EnvDeps is not null;

    /// <inheritdoc />
    public virtual void Validate(Action<string, string> fault)
    {
        if (!HasEnvironment)
        {
            return;
        }

        foreach (var (key, message) in Spec(path => path).Faults())
        {
            fault(key, message);
        }

        foreach (var item in EnvDeps is JsonArray list ? list : [])
        {
            try
            {
                RequirementLine.Split(Text(item) ?? throw new EnvironmentException("An item of the list is no text."));
            }
            catch (EnvironmentException e)
            {
                fault("env_deps", e.Message);
            }
        }

        if (EnvDeps is not (null or JsonArray) && Text(EnvDeps) is null)
        {
            fault("env_deps", "must be a path or a list of packages.");
        }
    }

    /// <summary>The environment.</summary>
    /// <param name="fullPath">Makes a configured path absolute.</param>
    public EnvironmentSpec Spec(Func<string, string> fullPath)
    {
        var spec = new EnvironmentSpec
        {
            Manager = EnvManager ?? DefaultManager,
            Name = EnvName,
            ConfigPath = EnvParams.EnvConfigPath is { Length: > 0 } file ? fullPath(file) : null,
            PythonVersion = EnvParams.EnvPyVersion,
        };
        var isPath = !spec.IsConda || EnvName?.Contains('/', StringComparison.Ordinal) == true;
        return EnvName is { Length: > 0 } name && isPath && !name.Contains('\0', StringComparison.Ordinal) ? spec with { Name = fullPath(name) } : spec;
    }

    /// <summary>What to install: what the user says, then what the component needs.</summary>
    /// <param name="files">Finds the file behind a configured path.</param>
    /// <exception cref="JobFailedException">A path leads nowhere.</exception>
    public IReadOnlyList<Requirements> Requirements(IJobFiles files)
    {
        try
        {
            return [.. Given(files.ResolveRead), .. Needs(files.FullPath)];
        }
        catch (EnvironmentException e)
        {
            throw new JobFailedException($"The environment {EnvName}: {e.Message}", e);
        }
    }

    /// <summary>What the component itself needs in its environment; each is installed once.</summary>
    /// <param name="path">Makes a configured path absolute.</param>
    protected virtual IReadOnlyList<Requirements> Needs(Func<string, string> path) => [];

    /// <summary>Packages that are needed unless the user says what to install.</summary>
    protected IReadOnlyList<Requirements> Packages(params IReadOnlyList<string> packages) =>
        EnvDeps is null ? [Sandbox.Environments.Python.Requirements.OfList(packages)] : [];

    private IReadOnlyList<Requirements> Given(Func<string, string> path) => EnvDeps switch
    {
        JsonArray { Count: > 0 } list => [Sandbox.Environments.Python.Requirements.OfList([.. list.Select(Text).OfType<string>()])],
        JsonValue value when Text(value) is { Length: > 0 } text => [Sandbox.Environments.Python.Requirements.OfPath(path(text))],
        _ => [],
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}

/// <summary>Upstream's <c>env_params</c>.</summary>
internal sealed record EnvironmentParameters
{
    [Option("env_config_path", Path = PathAccess.Read, Description = "An environment file of conda; its name counts.")]
    public string? EnvConfigPath { get; init; }

    [Option("env_py_version", Description = "Version of Python, as 3.11; 3.10 for conda without it.")]
    public string? EnvPyVersion { get; init; }
}
