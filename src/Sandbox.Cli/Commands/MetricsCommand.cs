using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Failures;
using Sandbox.Core.Faults;
using Sandbox.Core.Logs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox metrics [FILE] [--stdout FILE] [--stderr FILE]</c>: what a watcher finds in finished logs.</summary>
internal static class MetricsCommand
{
    private const string StandardInput = "-";
    private const int HighestStatus = 255;

    public static Command Build(CliConsole console)
    {
        var file = new Argument<string?>("file") { Description = "A log; standard input without any.", Arity = ArgumentArity.ZeroOrOne };
        var stdout = new Option<string?>("--stdout") { Description = "What the program wrote to standard output." };
        var stderr = new Option<string?>("--stderr") { Description = "What the program wrote to standard error." };
        var format = new Option<string?>("--format") { Description = $"The trainer: {string.Join(", ", LogFormats.Names)}. Recognised without it." };
        format.CompletionSources.Add([.. LogFormats.Names]);
        var exit = new Option<int?>("--exit") { Description = "The exit status as a shell gives it: 128 and the signal, or the code." };
        var json = CommonOptions.Json();
        var command = new Command("metrics", "Find metrics in the output of a training, and why it failed.") { file, stdout, stderr, format, exit, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var watch = new LogWatch(parsed.GetValue(format) is { } name ? [new WatchRule { Format = name }] : []);
            var display = new MetricsDisplay(console, parsed.GetValue(json));
            var tails = new Dictionary<string, OutputTail>(StringComparer.Ordinal) { ["stdout"] = new(), ["stderr"] = new() };
            var status = Status(parsed.GetValue(exit));
            foreach (var (stream, path) in Sources(parsed.GetValue(file), parsed.GetValue(stdout), parsed.GetValue(stderr)))
            {
                await ReadAsync(watch.Open(stream), path, tails[stream], display, cancellationToken);
            }

            display.End(FailureExplainer.Explain(status, tails["stdout"], tails["stderr"]));
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<(string Stream, string Path)> Sources(string? file, string? stdout, string? stderr)
    {
        if (file is not null && stdout is not null)
        {
            throw new FaultException("The log is given twice: as an argument and with --stdout. Give one.");
        }

        var streams = new (string Stream, string? Path)[] { ("stdout", file ?? stdout), ("stderr", stderr) };
        var given = streams.Where(s => s.Path is not null).Select(s => (s.Stream, s.Path!)).ToList();
        var missing = given.Where(s => s.Item2 != StandardInput && !File.Exists(s.Item2))
            .Select(s => new Fault(null, Directory.Exists(s.Item2) ? $"{s.Item2} is a directory; name a file." : $"There is no file {s.Item2}.")).ToList();
        return missing.Count > 0 ? throw new FaultException(missing) : given.Count > 0 ? given : [("stdout", StandardInput)];
    }

    private static ExitStatus? Status(int? exit) => exit switch
    {
        null => null,
        >= 0 and <= HighestStatus and { } status => ExitStatus.FromShell(status),
        { } wrong => throw new FaultException(FormattableString.Invariant($"--exit takes a status between 0 and {HighestStatus}, not {wrong}.")),
    };

    private static async Task ReadAsync(LogWatcher watcher, string path, OutputTail tail, MetricsDisplay display, CancellationToken cancellationToken)
    {
        await using var input = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
        var buffer = new byte[64 * 1024];
        for (var read = await input.ReadAsync(buffer, cancellationToken); read > 0; read = await input.ReadAsync(buffer, cancellationToken))
        {
            tail.Add(buffer.AsSpan(0, read));
            Show(watcher.Read(buffer.AsSpan(0, read)));
        }

        Show(watcher.Complete());

        void Show(IReadOnlyList<LogFinding> found)
        {
            foreach (var finding in found)
            {
                display.Add(finding);
            }
        }
    }
}
