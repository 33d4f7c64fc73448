using Sandbox.Core.Failures;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs;

/// <summary>Says for people how a program failed: its end, the cause as far as its output tells, what to do, and where the
/// output is.</summary>
internal static class ProgramFailure
{
    private const int Tail = 64 << 10;

    public static async Task<string> DescribeAsync(
        SupervisedProcess process, string program, ProcessExit exit, CancellationToken cancellationToken)
    {
        var parts = new List<string> { $"{program} {ExitExplanation.Of(exit, process.Spec.Limits)}." };
        if (exit.Reason == ExitReason.Ended)
        {
            var (output, error) = (await ReadAsync(process, "stdout", cancellationToken), await ReadAsync(process, "stderr", cancellationToken));
            var why = FailureExplainer.Explain(new ExitStatus(exit.ExitCode, exit.Signal), output, error);
            if (exit.Signal is null && why.Cause is { } cause)
            {
                parts.Add($"Cause: {cause}.");
            }

            parts.Add(why.Remedy is null ? string.Empty : $"What to do: {why.Remedy}");
            parts.Add(LastLines(error) ?? LastLines(output) ?? "It printed nothing.");
        }

        parts.Add($"All of its output: {process.Directory}");
        return string.Join(' ', parts.Where(p => p.Length > 0));
    }

    private static string? LastLines(OutputTail tail)
    {
        const int Lines = 5;
        const int Width = 300;
        var last = tail.Lines.Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(Lines)
            .Select(l => l.Length <= Width ? l : l[..Width] + "…").ToList();
        return last.Count == 0 ? null : $"Its last lines: {string.Join(" | ", last)}";
    }

    private static async Task<OutputTail> ReadAsync(SupervisedProcess process, string stream, CancellationToken cancellationToken)
    {
        var tail = new OutputTail();
        var reader = process.Read(stream, Math.Max(0, process.Size(stream) - Tail));
        while (await reader.NextAsync(cancellationToken) is { Length: > 0 } bytes)
        {
            tail.Add(bytes.Span);
        }

        return tail;
    }
}
