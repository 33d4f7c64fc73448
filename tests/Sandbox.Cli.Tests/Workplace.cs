using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Sandbox.Cli.Tests;

/// <summary>A directory with a home of its own in which a test is the user. Current directory and environment belong to
/// the process, so tests run one after another.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string? _home = Environment.GetEnvironmentVariable("SANDBOX_HOME");

    public Workplace()
    {
        Root = Directory.CreateTempSubdirectory("sandbox-cli-").FullName;
        Environment.CurrentDirectory = Root;
        Environment.SetEnvironmentVariable("SANDBOX_HOME", Path.Combine(Root, "home"));
        Write("data.jsonl", """
            {"text":"one two three four"}
            {"text":"short"}
            {"text":"this is a longer line of text with more words"}
            {"text":"another one here and there"}

            """);
        Write("recipe.yaml", Recipe);
        Write("sandbox.yaml", Config);
    }

    public const string Recipe = """
        dataset_path: data.jsonl
        export_path: out/data.jsonl
        process:
          - text_length_filter: {min_len: 6, max_len: 1000}

        """;

    public const string Config = """
        project_name: p
        experiment_name: e
        work_dir: ./work
        probe_job_configs:
          - hook: ProbeViaAnalyzerHook
            meta_name: probe
            dj_configs: recipe.yaml
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: process
            dj_configs: recipe.yaml

        """;

    public string Root { get; }

    public string Home => Path.Combine(Root, "home");

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, name))!);
        File.WriteAllText(Path.Combine(Root, name), text);
    }

    /// <summary>Runs one command line in this process.</summary>
    public static async Task<Told> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CliApp.RunAsync(arguments, new CliConsole(TextWriter.Synchronized(output), TextWriter.Synchronized(error)));
        var told = new Told(code, output.ToString(), error.ToString());
        told.All.ShouldNotContain("   at Sandbox.");
        told.All.ShouldNotContain("should not happen");
        return told;
    }

    /// <summary>The newest run.</summary>
    public static async Task<JsonObject> NewestAsync() => (await RunAsync("list", "--json")).Lines[0];

    public static async Task<string> NewestIdAsync() => (await NewestAsync())["id"]!.ToString();

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Environment.SetEnvironmentVariable("SANDBOX_HOME", _home);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Root, recursive: true);
    }
}

/// <summary>What a command told its user.</summary>
internal sealed record Told(int Code, string Output, string Error)
{
    public string All => Output + Error;

    /// <summary>Standard output as JSON, one object a line.</summary>
    public IReadOnlyList<JsonObject> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l, documentOptions: new JsonDocumentOptions())!.AsObject())];
}
