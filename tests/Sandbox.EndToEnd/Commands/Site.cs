using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Commands;

/// <summary>A directory of its own with a home of its own, in which commands are run as a user would.</summary>
internal sealed class Site : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public Site()
    {
        Root = Directory.CreateTempSubdirectory("sandbox-e2e-").FullName;
        _environment["SANDBOX_HOME"] = Home;
    }

    public string Root { get; }

    public string Home => Path.Combine(Root, "home");

    /// <summary>Full path of something in the site.</summary>
    public string this[string relative] => Path.Combine(Root, relative);

    public void Set(string variable, string value) => _environment[variable] = value;

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
    }

    public void Write(string relative, IEnumerable<string> lines) => Write(relative, string.Concat(lines.Select(line => line + "\n")));

    public string Read(string relative) => File.ReadAllText(this[relative]);

    public string[] ReadLines(string relative) => File.ReadAllLines(this[relative]);

    /// <summary>Files below a directory of the site, relative to it, in order.</summary>
    public IReadOnlyList<string> Files(string relative) =>
    [
        .. Directory.EnumerateFiles(this[relative], "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(this[relative], file)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Copies reference files into the site.</summary>
    public void CopyReference(string from, string to)
    {
        var source = Reference.Find(from)!;
        var files = File.Exists(source) ? [source] : Directory.GetFiles(source, "*", SearchOption.AllDirectories);
        foreach (var file in files)
        {
            var target = Path.GetFullPath(Path.Combine(this[to], Path.GetRelativePath(source, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public RunningCommand Start(params string[] arguments) => StartIn(".", arguments);

    public RunningCommand StartIn(string directory, params string[] arguments) =>
        RunningCommand.Start(Path.GetFullPath(this[directory]), _environment, arguments);

    /// <summary>Runs a command to its end.</summary>
    public Task<CommandEnd> RunAsync(params string[] arguments) => RunInAsync(".", arguments);

    public async Task<CommandEnd> RunInAsync(string directory, params string[] arguments)
    {
        using var command = StartIn(directory, arguments);
        return await command.EndAsync();
    }

    /// <summary>The newest run.</summary>
    public async Task<RunShown> NewestAsync() => (await RunsAsync())[0];

    /// <summary>All runs with their jobs, newest first.</summary>
    public async Task<IReadOnlyList<RunShown>> RunsAsync()
    {
        var list = (await RunAsync("list", "--json")).Succeeded();
        var runs = new List<RunShown>();
        foreach (var line in list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            runs.Add(await ShowAsync(JsonNode.Parse(line)!["id"]!.ToString()));
        }

        return runs;
    }

    public async Task<RunShown> ShowAsync(string run) =>
        new(JsonNode.Parse((await RunAsync("show", run, "--json")).Succeeded().Output)!.AsObject());

    /// <summary>The copy that a job keeps of what it wrote, of its newest attempt under the newest lease.</summary>
    public string Copy(string run, JsonObject job, string relative)
    {
        var attempts = new DirectoryInfo(Path.Combine(Home, "runs", run, "jobs", job["id"]!.ToString()));
        var newest = attempts.EnumerateDirectories($"{job["attempt"]}.*").Where(d => !d.Name.EndsWith(".programs", StringComparison.Ordinal))
            .MaxBy(d => long.Parse(d.Name.Split('.')[1], CultureInfo.InvariantCulture))!;
        return Path.Combine(newest.FullName, "files", "here", relative);
    }

    /// <summary>How often a job was started, as its own log tells.</summary>
    public int Starts(string run, JsonObject job) => File
        .ReadLines(Path.Combine(Home, "runs", run, "logs", $"{job["id"]}.log"))
        .Count(line => line.Contains(" starts (fence ", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
