using System.Text;
using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

/// <summary>A place where processes are supervised; what still runs at the end is ended.</summary>
public sealed class Stand : IAsyncDisposable
{
    /// <summary>Generous: the machine may be slow. Nothing waits for it to pass.</summary>
    public static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(3);

    private readonly CancellationTokenSource _ceiling = new(Ceiling);
    private readonly List<string> _directories = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("sandbox-supervision-").FullName;

    public ProcessSupervision Supervision { get; set; } = new(TimeProvider.System);

    public CancellationToken Token => _ceiling.Token;

    public string NewDirectory(string name)
    {
        var directory = Path.Combine(Root, name);
        _directories.Add(directory);
        return directory;
    }

    public ProcessSpec Shell(string script, ProcessLimits? limits = null, params (string Name, string Value)[] environment) => new()
    {
        Command = ["bash", "-c", script],
        WorkingDirectory = Root,
        Limits = limits ?? new ProcessLimits(),
        Environment = environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal),
    };

    public Task<SupervisedProcess> StartAsync(string script, ProcessLimits? limits = null, string name = "p") =>
        Supervision.FindOrStartAsync(NewDirectory(name), Shell(script, limits), Token);

    public async Task<ProcessExit> RunAsync(string script, ProcessLimits? limits = null, string name = "p") =>
        await EndOfAsync(await StartAsync(script, limits, name));

    public async Task<ProcessExit> EndOfAsync(SupervisedProcess process)
    {
        while (process.Exit is null)
        {
            await process.WaitAsync(Token);
        }

        return process.Exit!;
    }

    public async Task<string> OutputAsync(SupervisedProcess process, string stream, long from = 0)
    {
        var reader = process.Read(stream, from);
        var text = new MemoryStream();
        while (await reader.NextAsync(Token) is { Length: > 0 } bytes)
        {
            await text.WriteAsync(bytes, Token);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Waits until a file is there whose first line is whole, and gives the line.</summary>
    public async Task<string> LineAsync(string name)
    {
        var path = Path.Combine(Root, name);
        while (!File.Exists(path) || !(await File.ReadAllTextAsync(path, Token)).Contains('\n', StringComparison.Ordinal))
        {
            await Task.Delay(20, Token);
        }

        return (await File.ReadAllLinesAsync(path, Token))[0];
    }

    public static bool IsAlive(string pid)
    {
        var stat = $"/proc/{pid}/stat";
        try
        {
            return !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var directory in _directories.Where(Supervision.IsOpen))
        {
            await Supervision.EndAsync(directory, CancellationToken.None);
        }

        await Supervision.DisposeAsync();
        _ceiling.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
