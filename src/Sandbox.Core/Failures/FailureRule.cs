using System.Text.RegularExpressions;

namespace Sandbox.Core.Failures;

/// <summary>A known failure: how it is recognised and what to do about it.</summary>
/// <param name="pattern">A regular expression over the cause, or over a line of the log.</param>
/// <param name="remedy">What to do; <c>{1}</c> stands for the pattern's first group.</param>
/// <param name="anywhere">Whether a line of the log is enough; else the cause itself must match.</param>
internal sealed class FailureRule(string pattern, string remedy, bool anywhere = false)
{
    private readonly Regex _pattern = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether a line of the log is enough.</summary>
    public bool Anywhere => anywhere;

    /// <summary>The remedy where the text is of this failure, or null.</summary>
    public string? RemedyOf(string text)
    {
        var match = _pattern.Match(text);
        return match.Success ? remedy.Replace("{1}", match.Groups[1].Value, StringComparison.Ordinal) : null;
    }
}
