using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs;

/// <summary>Time stamps of log lines.</summary>
internal static class LogTime
{
    private static readonly Regex Stamp = new(
        @"(?<iso>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?:[,.](?<fraction>\d{1,7}))?|(?<us>\d\d/\d\d/\d{4} \d\d:\d\d:\d\d)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <summary>The last time stamp before a place of a line, or null.</summary>
    public static DateTime? Before(string text, int index)
    {
        DateTime? time = null;
        foreach (var match in Stamp.Matches(text[..index]).Cast<Match>())
        {
            time = Parse(match) ?? time;
        }

        return time;
    }

    private static DateTime? Parse(Match match)
    {
        var (text, format) = match.Groups["iso"].Success
            ? (match.Groups["iso"].Value.Replace('T', ' '), "yyyy-MM-dd HH:mm:ss")
            : (match.Groups["us"].Value, "MM/dd/yyyy HH:mm:ss");
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Value;
        return fraction.Length == 0
            ? time
            : time.AddTicks(long.Parse(fraction.PadRight(7, '0'), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
