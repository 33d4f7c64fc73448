using System.Text.RegularExpressions;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Logs;

/// <summary>One item of <c>watch:</c>: which lines of a program's output are metrics.</summary>
public sealed record WatchRule : IValidatableOptions
{
    /// <summary>A regular expression with named groups.</summary>
    [Option("pattern", Description = "A regular expression; its named groups are metrics, but step, epoch, batch, iteration, rank, split, label and time say where they belong.")]
    public string? Pattern { get; init; }

    /// <summary>A format that is built in.</summary>
    [Option("format", Description = "A trainer whose output is known, or json for a JSON object a line.")]
    public string? Format { get; init; }

    /// <summary>The stream that is watched; both by default.</summary>
    [Option("stream", Description = "The stream to watch; both without it.", OneOf = ["stdout", "stderr"])]
    public string? Stream { get; init; }

    /// <summary>Whether the job fails when a metric of the rule is NaN.</summary>
    [Option("fail_on_nan", Description = "Whether a metric that is NaN fails the job.")]
    public bool FailOnNan { get; init; }

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (Pattern is null == Format is null)
        {
            fault(string.Empty, "needs either pattern or format.");
        }

        if (Format is not null && !LogFormats.IsKnown(Format))
        {
            fault("format", $"unknown format \"{Format}\".{Suggestion.For(Format, LogFormats.Names)} There are: {string.Join(", ", LogFormats.Names)}.");
        }

        if (Pattern is not null && PatternFault(Pattern) is { } problem)
        {
            fault("pattern", problem);
        }
    }

    private static string? PatternFault(string pattern)
    {
        try
        {
            return WatchPattern.Names(WatchPattern.Compile(pattern)).Any()
                ? null
                : "has no named group, so it finds no metric; write one as (?<loss>[-+.\\deE]+).";
        }
        catch (RegexParseException e)
        {
            return $"is no regular expression: {e.Message}";
        }
    }
}
