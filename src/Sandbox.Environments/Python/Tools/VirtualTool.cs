using Sandbox.Environments.Programs;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Python.Tools;

/// <summary>venv, virtualenv and uv: the environment is a directory.</summary>
internal sealed class VirtualTool(EnvironmentSpec spec) : EnvironmentTool(spec)
{
    private readonly string _directory = Path.GetFullPath(spec.Name!);

    public override string Identity => _directory;

    public override string Directory => _directory;

    public override string? Obstacle => File.Exists(_directory) ? "a file"
        : System.IO.Directory.Exists(_directory) && System.IO.Directory.EnumerateFileSystemEntries(_directory).Any() && !IsWhole ? "a directory that is no whole environment"
        : null;

    private string Bin => Path.Combine(_directory, "bin");

    // The script is the last thing that each of the managers writes; the interpreter is a link that may lead nowhere later.
    private bool IsWhole => File.Exists(Path.Combine(Bin, "activate"))
        && new FileInfo(Path.Combine(Bin, "python")) is var python
        && (python.LinkTarget is null || python.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });

    private string Python => Spec.PythonVersion is null ? "python3" : $"python{Spec.PythonVersion}";

    public override async Task<string> CheckAvailableAsync(ShortCommandRunner commands, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> question = Spec.Manager == "venv"
            ? [Python, "-c", "import sys, venv, ensurepip; print('venv of Python', sys.version.split()[0])"]
            : [Spec.Manager, "--version"];
        return await AskAsync(commands, question, cancellationToken) is { ExitCode: 0 } answer
            ? answer.Output.Trim()
            : throw new EnvironmentException(Spec.Manager switch
            {
                "venv" => $"venv is not available: {Python} with its modules venv and ensurepip is needed (Debian: python3-venv).",
                "uv" => "uv is not available: install it, or put its directory into the PATH.",
                _ => "virtualenv is not available: install it (Debian: virtualenv), or put its directory into the PATH.",
            });
    }

    public override Task<bool> ExistsAsync(ShortCommandRunner commands, CancellationToken cancellationToken) => Task.FromResult(IsWhole);

    public override IReadOnlyList<string> Create() => (Spec.Manager, Spec.PythonVersion) switch
    {
        ("venv", _) => [Python, "-m", "venv", _directory],
        ("uv", null) => ["uv", "venv", _directory],
        ("uv", { } version) => ["uv", "venv", "--python", version, _directory],
        (_, null) => ["virtualenv", _directory],
        (_, { } version) => ["virtualenv", "--python", version, _directory],
    };

    public override EnvironmentCommand Pip(IReadOnlyList<string> arguments) => Spec.Manager == "uv"
        ? new EnvironmentCommand(["uv", "pip", arguments[0], "--python", Path.Combine(Bin, "python"), .. arguments.Skip(1)], Variables())
        : Wrap([Path.Combine(Bin, "python"), "-m", "pip", .. arguments]);

    public override EnvironmentCommand Wrap(IReadOnlyList<string> command)
    {
        if (command.Count == 0 || command[0].Length == 0)
        {
            throw new EnvironmentException("A command in an environment begins with a program.");
        }

        // Who starts the command looks in his own PATH, not in the one that is set for it.
        var own = command[0].Contains('/', StringComparison.Ordinal) ? null : ProgramSearch.Find(command[0], Bin);
        return new EnvironmentCommand([own ?? command[0], .. command.Skip(1)], Variables());
    }

    public override IReadOnlyList<string>? Remove() => null;

    private Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["VIRTUAL_ENV"] = _directory,
        ["PATH"] = $"{Bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        ["PYTHONHOME"] = string.Empty, // it would lead past the environment
        ["PIP_NO_INPUT"] = "1",
    };
}
