using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Core.Logs;

/// <summary>Compiles the regular expressions of users so that no line can hold the watcher up: without backtracking
/// where the pattern allows it, with a time limit a line where it does not.</summary>
internal static class WatchPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // One that cannot backtrack takes half a megabyte. Two hundred trainings of a sweep share theirs as long as one of them runs.
    private static readonly ConcurrentDictionary<string, WeakReference<Regex>> InUse = new(StringComparer.Ordinal);

    /// <summary>Compiles a pattern in the syntax of .NET, or of Python where that differs (<c>(?P&lt;name&gt;…)</c>).</summary>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    public static Regex Compile(string pattern)
    {
        if (InUse.TryGetValue(pattern, out var known) && known.TryGetTarget(out var shared))
        {
            return shared;
        }

        var compiled = CompileAnew(pattern);
        InUse[pattern] = new WeakReference<Regex>(compiled);
        return compiled;
    }

    /// <summary>The names of its groups.</summary>
    public static IEnumerable<string> Names(Regex pattern) =>
        pattern.GetGroupNames().Where(n => !int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static Regex CompileAnew(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
        var text = FromPython(pattern);
        try
        {
            // Its time grows with the line alone. A limit by the clock would drop lines on a busy machine.
            return new Regex(text, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, Options, Limit);
        }
    }

    private static string FromPython(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        var (inClass, opened) = (false, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern[i++]).Append(pattern[i]);
                opened = false;
                continue;
            }

            inClass = inClass ? pattern[i] != ']' : pattern[i] == '[';
            text.Append(pattern[i]);
            if (opened && pattern.AsSpan(i).StartsWith("?P<", StringComparison.Ordinal))
            {
                i++;
            }

            opened = !inClass && pattern[i] == '(';
        }

        return text.ToString();
    }
}
