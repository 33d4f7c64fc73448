using System.Text.RegularExpressions;

namespace Sandbox.Core.Failures;

/// <summary>Text as a terminal would show it.</summary>
internal static class TerminalText
{
    private static readonly Regex Escape = new(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07", RegexOptions.NonBacktracking);

    /// <summary>The text without escape sequences.</summary>
    public static string Plain(string text) => text.Contains('\x1b', StringComparison.Ordinal) ? Escape.Replace(text, string.Empty) : text;
}
