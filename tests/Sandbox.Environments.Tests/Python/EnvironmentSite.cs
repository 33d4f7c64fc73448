using Sandbox.Environments.Programs;
using Sandbox.Environments.Python;

namespace Sandbox.Environments.Tests.Python;

/// <summary>A directory of its own with environments, wheels and records.</summary>
internal sealed class EnvironmentSite : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("environments ");

    public EnvironmentSite() => Environments = New();

    public PythonEnvironments Environments { get; }

    public List<string> Log { get; } = [];

    public string Wheels => At("wheels");

    public string State => At("state");

    public string At(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Another that shares the records, as another process of the host has it.</summary>
    public PythonEnvironments New() => new(TimeProvider.System, State);

    public Task<PythonEnvironment> PrepareAsync(EnvironmentSpec spec, params Requirements[] requirements) =>
        Environments.PrepareAsync(spec, requirements, Tell, CancellationToken.None);

    public void Tell(string line)
    {
        lock (Log)
        {
            Log.Add(line);
        }
    }

    /// <summary>Runs a command inside an environment and gives its output.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(PythonEnvironment environment, params string[] command)
    {
        var wrapped = environment.Wrap(command);
        var lines = new List<string>();
        var exit = await LoggedCommand.RunAsync(wrapped.Command, wrapped.Variables, lines.Add, started: null, CancellationToken.None);
        return (exit, string.Join('\n', lines));
    }

    public void Dispose() => _root.Delete(recursive: true);
}
