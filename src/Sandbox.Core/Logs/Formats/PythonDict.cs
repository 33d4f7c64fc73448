using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs.Formats;

/// <summary>The named numbers of a Python dict as <c>print</c> shows it: plain, as text in quotes, or wrapped as in
/// <c>np.float64(0.5)</c>. What is no number is passed over.</summary>
internal static class PythonDict
{
    private static readonly Regex Pair = new(
        @"['""](?<name>[^'""]+)['""]: *(['""](?<text>[^'""]*)['""]|([A-Za-z_][\w.]*\()?(?<bare>[^\s,'""(){}\[\]]+))",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The pairs in order.</summary>
    public static IEnumerable<(string Name, double Value)> Numbers(string text)
    {
        foreach (var match in Pair.Matches(text).Cast<Match>())
        {
            var value = match.Groups["text"].Success ? match.Groups["text"].Value : match.Groups["bare"].Value;
            if (LogNumber.TryParse(value, out var number))
            {
                yield return (match.Groups["name"].Value, number);
            }
        }
    }
}
