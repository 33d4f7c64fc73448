using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Testing.Load;

/// <summary>A directory with a workflow of two jobs that a request starts, and with one for the command line.</summary>
internal sealed class LoadSite : IDisposable
{
    /// <summary>What a run of it leaves: so many records of jobs.</summary>
    public const int Jobs = 2;

    private const int Rows = 20;
    private readonly string _sandbox;

    public LoadSite(string sandbox)
    {
        _sandbox = sandbox;
        Write("rows.jsonl", string.Concat(Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"text\":\"a row of text, number {i}\"}}\n"))));
        Write("recipe.yaml", "project_name: load\ndataset_path: ./rows.jsonl\nexport_path: ./outputs/rows.jsonl\nprocess:\n  - text_length_filter: {min_len: 10}\n");
        Write("started.yaml", Config("started", "triggers: [{http: {path: load, methods: [POST]}}]\n"));
        Write("beside.yaml", Config("beside", string.Empty));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("sandbox-load-").FullName;

    public string Home => Path.Combine(Root, "home");

    public string Database => Path.Combine(Home, "sandbox.db");

    /// <summary>The workflow that a request starts, compiled.</summary>
    public async Task<JsonObject> DefinitionAsync()
    {
        await RunAsync("compile", "started.yaml", "-o", "started.json");
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, "started.json")))!.AsObject();
    }

    /// <summary>Runs the command line to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_sandbox, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SANDBOX_HOME"] = Home;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"sandbox {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}\n{errors}"));
        }
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Root, recursive: true);
    }

    private static string Config(string name, string triggers) =>
        $"project_name: load\nexperiment_name: {name}\nwork_dir: ./outputs/{name}\n{triggers}"
        + "probe_job_configs:\n  - {hook: ProbeViaAnalyzerHook, meta_name: look, dj_configs: recipe.yaml}\n"
        + "execution_job_configs:\n  - {hook: ProcessDataHook, meta_name: process, dj_configs: recipe.yaml, output: rows}\n";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Root, name), text);
}
