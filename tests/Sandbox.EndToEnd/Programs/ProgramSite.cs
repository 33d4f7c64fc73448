using System.Diagnostics;
using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>A site whose one job is a script for bash.</summary>
internal sealed class ProgramSite : IDisposable
{
    public Site Site { get; } = new();

    public void Dispose() => Site.Dispose();

    /// <summary>Writes a config whose job <c>train</c> runs a script.</summary>
    /// <param name="config">Name of the config's file, and of its script.</param>
    /// <param name="script">For bash.</param>
    /// <param name="job">A further line of the job.</param>
    public void Write(string config, string script, string job = "")
    {
        Site.Write($"{config}.sh", script.ReplaceLineEndings("\n") + "\n");
        Site.Write($"{config}.yaml", $$"""
            project_name: e2e
            experiment_name: {{config}}
            work_dir: ./outputs/{{config}}
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                {{job}}
                extra_configs: {type: command, command: [bash, {{config}}.sh], grace: 500ms}
            """);
    }

    /// <summary>Waits for a whole first line of a file, and gives it.</summary>
    public async Task<string> LineAsync(string name)
    {
        while (!File.Exists(Site[name]) || !Site.Read(name).Contains('\n', StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }

        return Site.ReadLines(name)[0];
    }

    /// <summary>A file of the one process of a run.</summary>
    public string ProcessFile(string run, string name) =>
        Directory.GetFiles(Path.Combine(Site.Home, "runs", run), name, SearchOption.AllDirectories).ShouldHaveSingleItem();

    public static void KillHard(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    public static bool IsAlive(string pid) => Directory.Exists(Path.Combine("/proc", pid))
        && !File.ReadAllText(Path.Combine("/proc", pid, "stat")).Contains(") Z ", StringComparison.Ordinal);

    /// <summary>The value of a key in a JSON file.</summary>
    public static JsonNode? Value(string path, string key) => JsonNode.Parse(File.ReadAllText(path))![key];
}
