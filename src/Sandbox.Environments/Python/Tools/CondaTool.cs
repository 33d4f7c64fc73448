using System.Text.Json;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Python.Tools;

/// <summary>conda, mamba and micromamba.</summary>
internal sealed class CondaTool(EnvironmentSpec spec) : EnvironmentTool(spec)
{
    private const string DefaultPython = "3.10";
    private bool _isOldMamba;

    public override string Identity => IsPath ? Path.GetFullPath(Spec.Name!) : $"{Spec.Manager}:{Spec.Name}";

    private bool IsPath => Spec.Name!.Contains('/', StringComparison.Ordinal);

    // No question may wait for an answer; the variables say yes where a version has no such option.
    private static Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["CONDA_ALWAYS_YES"] = "true", ["MAMBA_ALWAYS_YES"] = "true", ["PIP_NO_INPUT"] = "1",
    };

    public override async Task<string> CheckAvailableAsync(ShortCommandRunner commands, CancellationToken cancellationToken)
    {
        if (await AskAsync(commands, [Spec.Manager, "--version"], cancellationToken) is not { ExitCode: 0 } answer)
        {
            throw new EnvironmentException(
                $"{Spec.Manager} is not available: install it (miniforge brings conda and mamba), or put its directory into the PATH.");
        }

        // Version 1 of mamba is conda inside, says so, and keeps the output of a program back until its end.
        _isOldMamba = Spec.Manager == "mamba" && answer.Output.Contains("conda", StringComparison.Ordinal);
        return answer.Output.ReplaceLineEndings(" ").Trim();
    }

    public override async Task<bool> ExistsAsync(ShortCommandRunner commands, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(commands, [Spec.Manager, "env", "list", "--json"], cancellationToken);
        if (answer is not { ExitCode: 0 })
        {
            throw new EnvironmentException($"{Spec.Manager} does not list its environments: {answer?.Error.Trim() ?? "it could not be started"}");
        }

        return Listed(answer.Output).Any(path => IsPath
            ? Path.GetFullPath(path) == Identity
            : Path.GetFileName(path.TrimEnd('/')) == Spec.Name);
    }

    public override IReadOnlyList<string> Create() => Spec switch
    {
        { ConfigPath: { } file, Manager: "micromamba" } => ["micromamba", "create", "-y", "-n", Spec.Name!, "-f", file],
        { ConfigPath: { } file } => [Spec.Manager, "env", "create", "-f", file],
        _ => [Spec.Manager, "create", .. Selector, "-y", $"python={Spec.PythonVersion ?? DefaultPython}"],
    };

    public override EnvironmentCommand Pip(IReadOnlyList<string> arguments) => Wrap(["python", "-m", "pip", .. arguments]);

    public override EnvironmentCommand Wrap(IReadOnlyList<string> command)
    {
        // conda hands a single word with line breaks to a shell as a script.
        if (command.Count == 0 || command[0].Length == 0 || command[0].StartsWith('-') || command[0].Contains('\n', StringComparison.Ordinal))
        {
            throw new EnvironmentException("A command in an environment begins with a program; its name must not begin with a dash or hold a line break.");
        }

        string[] live = Spec.Manager == "conda" || _isOldMamba ? ["--no-capture-output"] : [];
        return new EnvironmentCommand([Spec.Manager, "run", .. live, .. Selector, .. command], Variables);
    }

    public override IReadOnlyList<string> Remove() => [Spec.Manager, "env", "remove", .. Selector, "-y"];

    private string[] Selector => IsPath ? ["-p", Identity] : ["-n", Spec.Name!];

    private static IEnumerable<string> Listed(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("envs", out var list)
                ? [.. list.EnumerateArray().Select(e => e.GetString()).OfType<string>()]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EnvironmentException($"The list of environments is not the JSON that it should be: {e.Message}", e);
        }
    }
}
