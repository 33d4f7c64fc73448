using System.Text.RegularExpressions;

namespace Sandbox.Core.Failures;

/// <summary>Says why a program failed, from how it ended and from the end of its output.</summary>
public static class FailureExplainer
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int ShownLength = 2000;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Usage = new(@"^\S+: error: (?<message>.+)$", Options);
    private static readonly Regex Thrown = new(@"terminate called after throwing an instance of '(?<type>[^']+)'", Options);
    private static readonly Regex What = new(@"^\s*what\(\): +(?<message>.*)$", Options);
    private static readonly Regex Fatal = new(@"^Fatal Python error: .*", Options);

    /// <summary>Explains the end of a program.</summary>
    /// <param name="exit">How it ended; null where nobody knows.</param>
    /// <param name="stdout">The end of its standard output.</param>
    /// <param name="stderr">The end of its standard error.</param>
    public static FailureExplanation Explain(ExitStatus? exit, OutputTail stdout, OutputTail stderr)
    {
        var (output, error) = (stdout.Lines, stderr.Lines);
        if (exit is { IsSuccess: true })
        {
            var lost = PythonError.All(error).Concat(PythonError.All(output)).LastOrDefault(e => e.InThread);
            return new FailureExplanation(exit.Value.Word, lost is null ? null : Shown($"a thread ended early, and the program went on without it: {lost}"), null);
        }

        var said = Said(error) ?? Said(output);
        if (exit is null && said is null)
        {
            return new FailureExplanation("unknown", null, null);
        }

        var known = KnownLine(error) ?? KnownLine(output);
        if (exit?.Signal is Kill or Terminate)
        {
            return BySignal(exit.Value, known);
        }

        var cause = said ?? known?.Line ?? LastLine(error);
        var remedy = cause is null ? null : Remedy(cause);
        var first = TorchrunReport.Find(error)?.Exit ?? exit;
        return new FailureExplanation(
            exit?.Word ?? "failed", Shown(WithExit(cause, exit)), remedy ?? known?.Remedy ?? OfExit(first) ?? Place(error) ?? Place(output));
    }

    private static FailureExplanation BySignal(ExitStatus exit, (string Line, string Remedy)? known) => exit.Signal == Kill
        ? new FailureExplanation(
            exit.Word, $"killed by {exit}, probably out of memory", known?.Remedy ?? OfExit(exit))
        : new FailureExplanation(
            exit.Word, $"killed by {exit}: somebody, or a limit of the batch system or container, asked it to end",
            "Run it again; where a time limit ended it, raise that.");

    // What the program itself says of its end, the most telling first.
    private static string? Said(IReadOnlyList<string> lines)
    {
        if (TorchrunReport.Find(lines) is { } report)
        {
            return OfTorchrun(report, lines);
        }

        var python = PythonError.All(lines).LastOrDefault(e => !e.InThread);
        return lines.LastOrDefault(l => Fatal.IsMatch(l))
            ?? (python is null ? null : python + Original(lines))
            ?? OfThrown(lines)
            ?? lines.Select(l => Usage.Match(l)).LastOrDefault(m => m.Success && lines.Any(l => l.StartsWith("usage:", StringComparison.OrdinalIgnoreCase))) switch
            {
                { } usage => $"usage error: {usage.Groups["message"].Value}",
                null => null,
            };
    }

    private static string OfTorchrun(TorchrunReport report, IReadOnlyList<string> lines)
    {
        var ended = report.Exit.Signal is { } signal
            ? FormattableString.Invariant($"exit code {report.Code}, killed by {report.Exit}{(signal == Kill ? ", probably out of memory" : string.Empty)}")
            : FormattableString.Invariant($"exit code {report.Code}");
        var rank = FormattableString.Invariant($"[rank{report.Rank}]");
        var errors = PythonError.All(lines).Where(e => !e.Type.EndsWith("ChildFailedError", StringComparison.Ordinal)).ToList();
        var error = errors.LastOrDefault(e => e.Prefix.Contains(rank, StringComparison.Ordinal)) ?? errors.LastOrDefault(e => e.Prefix.Length > 0);
        var said = error?.ToString() ?? lines.LastOrDefault(l => l.Contains("can't open file", StringComparison.Ordinal));
        return FormattableString.Invariant($"rank {report.Rank} failed first ({ended})") + (said is null ? string.Empty : $": {said}");
    }

    // A data-loading worker's own exception stands inside the message of the one that ends the program.
    private static string Original(IReadOnlyList<string> lines)
    {
        var start = lines.ToList().FindLastIndex(l => l.StartsWith("Original Traceback", StringComparison.Ordinal));
        var original = start < 0 ? null : PythonError.All([.. lines.Skip(start).Select(l => l.Replace("Original Traceback", "Traceback", StringComparison.Ordinal))]).FirstOrDefault();
        return original is null ? string.Empty : $" (in the worker: {original})";
    }

    private static string? OfThrown(IReadOnlyList<string> lines)
    {
        var what = lines.Select(l => What.Match(l)).LastOrDefault(m => m.Success);
        var type = lines.Select(l => Thrown.Match(l)).LastOrDefault(m => m.Success);
        return (what, type) switch
        {
            (null, null) => null,
            (null, _) => $"an exception that nobody caught: {type.Groups["type"].Value}",
            (_, null) => what.Groups["message"].Value,
            _ => $"{what.Groups["message"].Value} ({type.Groups["type"].Value})",
        };
    }

    private static string? Remedy(string text) => FailureRules.All.Select(r => r.RemedyOf(text)).FirstOrDefault(r => r is not null);

    private static (string Line, string Remedy)? KnownLine(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.Reverse().Where(l => l.Length > 0))
        {
            if (FailureRules.All.Where(r => r.Anywhere).Select(r => r.RemedyOf(line)).FirstOrDefault(r => r is not null) is { } remedy)
            {
                return (line.Trim(), remedy);
            }
        }

        return null;
    }

    private static string? LastLine(IReadOnlyList<string> lines) => lines.LastOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim();

    private static string WithExit(string? cause, ExitStatus? exit) => (cause, exit) switch
    {
        (null, _) => $"{exit}, and the program did not say why",
        (_, { Signal: not null }) => $"{cause} ({exit})",
        _ => cause,
    };

    private static string? OfExit(ExitStatus? exit) => exit switch
    {
        { Code: 126 } => "The program is there but cannot be executed: see its permissions and its first line.",
        { Code: 127 } => "There is no such program: install it, or put its directory into the PATH of the environment.",
        { Signal: Kill } => "Look at the kernel's log (dmesg) for the out-of-memory killer. Use smaller batches or fewer workers, or a machine with more memory.",
        { Signal: 2 } => "Somebody interrupted it: run it again.",
        { Signal: 11 } => "A compiled module read memory that is not its own, often one that was built for another version: install it anew in this environment.",
        { Signal: 6 } => "The program gave up by itself: its last lines say why.",
        _ => null,
    };

    // Nobody knows a remedy, but where to look.
    private static string? Place(IReadOnlyList<string> lines) =>
        PythonError.All(lines).LastOrDefault(e => !e.InThread && e.Place is not null) is { } error ? $"Look at {error.Place}, where it was raised." : null;

    private static string Shown(string cause) => cause.Length <= ShownLength ? cause : cause[..ShownLength] + "…";
}
