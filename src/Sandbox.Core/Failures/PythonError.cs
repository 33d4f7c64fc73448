using System.Text.RegularExpressions;

namespace Sandbox.Core.Failures;

/// <summary>An exception that a Python program printed.</summary>
/// <param name="Type">Its type as printed.</param>
/// <param name="Message">Its message, of one line or several; empty where it has none.</param>
/// <param name="Prefix">What stands before each of its lines, as <c>[rank1]: </c>.</param>
/// <param name="InThread">Whether it ended a thread only.</param>
internal sealed record PythonError(string Type, string Message, string Prefix, bool InThread)
{
    /// <summary>The innermost line of the program's own code that the traceback names, or null.</summary>
    public string? Place { get; init; }

    private const string Header = "Traceback (most recent call last):";
    private const int LongestMessage = 12;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex RankPrefix = new(@"^(\[[\w.]+\]:? ?)+", Options);
    private static readonly Regex Line = new(@"^(?<type>[A-Za-z_][\w.]*)(: ?(?<message>.*))?$", Options);
    private static readonly Regex Frame = new(@"^\s*File ""(?<file>[^""]+)"", line (?<line>\d+)", Options);
    private static readonly Regex Stop = new(
        @"Traceback \(most recent call last\):$|^The above exception was|^During handling of|^[EWIF]\d{4} \d\d:|^\[[EWIF]\d{4} |^====|^Exception ignored|\d+%\|",
        Options);

    /// <summary>Both, as Python prints them.</summary>
    public override string ToString() => Message.Length == 0 ? Type : $"{Type}: {Message}";

    /// <summary>The exceptions of a log in the order in which they were printed; an exception that was the cause of
    /// another, or that Python ignored, is left out where another follows.</summary>
    public static IEnumerable<PythonError> All(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (HeaderPrefix(lines[i]) is { } prefix && Read(lines, i + 1, prefix) is { } error)
            {
                var before = i > 0 ? lines[i - 1] : string.Empty;
                if (!before.Contains("Exception ignored in", StringComparison.Ordinal))
                {
                    yield return error with { InThread = before.Contains("Exception in thread", StringComparison.Ordinal) };
                }
            }
            else if (lines[i].StartsWith("SyntaxError: ", StringComparison.Ordinal) || lines[i].StartsWith("IndentationError: ", StringComparison.Ordinal))
            {
                yield return OfLine(lines, i, string.Empty)!; // a script that cannot be parsed has no traceback
            }
        }
    }

    // The lines of a traceback carry the prefix of its header; those of a group stand behind a bar.
    private static string? HeaderPrefix(string line)
    {
        if (!line.EndsWith(Header, StringComparison.Ordinal) || line.EndsWith("Original " + Header, StringComparison.Ordinal))
        {
            return null;
        }

        var rank = RankPrefix.Match(line).Value;
        var rest = line[rank.Length..^Header.Length];
        return rest switch
        {
            "  + Exception Group " => rank + "  | ",
            _ when rest.StartsWith("  ", StringComparison.Ordinal) && rest.Contains('|', StringComparison.Ordinal) && rest.TrimStart().StartsWith('|') => null,
            _ => rank,
        };
    }

    private static PythonError? Read(IReadOnlyList<string> lines, int start, string prefix)
    {
        string? place = null;
        for (var i = start; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(prefix, StringComparison.Ordinal))
            {
                if (prefix.EndsWith("| ", StringComparison.Ordinal) || HeaderPrefix(lines[i]) is not null)
                {
                    return null;
                }

                continue; // the line of another process
            }

            var text = lines[i][prefix.Length..];
            var isFrame = text.Length == 0 || char.IsWhiteSpace(text[0]) || text.StartsWith("[Previous line", StringComparison.Ordinal);
            if (!isFrame)
            {
                return HeaderPrefix(lines[i]) is null && OfLine(lines, i, prefix) is { } error ? error with { Place = place } : null;
            }

            place = OwnPlace(text) ?? place;
        }

        return null;
    }

    private static string? OwnPlace(string text)
    {
        var frame = Frame.Match(text);
        var file = frame.Groups["file"].Value;
        var isForeign = file.StartsWith('<') || file.Contains("/site-packages/", StringComparison.Ordinal)
            || file.Contains("/dist-packages/", StringComparison.Ordinal) || file.Contains("/lib/python", StringComparison.Ordinal);
        return frame.Success && !isForeign ? $"{file}, line {frame.Groups["line"].Value}" : null;
    }

    private static PythonError? OfLine(IReadOnlyList<string> lines, int at, string prefix)
    {
        var match = Line.Match(lines[at][prefix.Length..]);
        if (!match.Success)
        {
            return null;
        }

        var message = new List<string> { match.Groups["message"].Value };
        for (var i = at + 1; i < lines.Count && message.Count < LongestMessage; i++)
        {
            var text = lines[i].StartsWith(prefix, StringComparison.Ordinal) ? lines[i][prefix.Length..] : null;
            var ends = text is null || Stop.IsMatch(text) || RankPrefix.IsMatch(text)
                || (text.Length == 0 && message.Exists(m => m.Trim().Length > 0) && !Goes(lines, i + 1, prefix));
            if (ends)
            {
                break;
            }

            message.Add(text!);
        }

        return new PythonError(match.Groups["type"].Value, string.Join('\n', message).Trim(), prefix, InThread: false);
    }

    // A message may hold empty lines, but then goes on indented.
    private static bool Goes(IReadOnlyList<string> lines, int next, string prefix) =>
        next < lines.Count && lines[next].StartsWith(prefix + "    ", StringComparison.Ordinal);
}
