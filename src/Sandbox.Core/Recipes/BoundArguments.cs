namespace Sandbox.Core.Recipes;

/// <summary>Which arguments of an operator are bounds, and of which statistic.</summary>
public static class BoundArguments
{
    /// <summary>Whether an argument's name says that it is a lower or an upper bound.</summary>
    public static bool IsBound(string argument) => IsMaximum(argument) || argument.Contains("min", StringComparison.Ordinal);

    /// <summary>Whether it is an upper bound.</summary>
    public static bool IsMaximum(string argument) => argument.Contains("max", StringComparison.Ordinal);

    /// <summary>The statistic that a bound is for; null where none has numbers.</summary>
    /// <param name="argument">Name of the argument.</param>
    /// <param name="statistics">The statistics that the operator measures, in the order in which it does.</param>
    /// <param name="hasNumbers">Whether there are numbers of a statistic.</param>
    /// <remarks>Upstream goes through an operator's statistics and the last one with a number wins; their order is that of
    /// a Python set, hence by chance. Where the argument names one of them (min_width, image_width), that one is meant.</remarks>
    public static string? StatisticFor(string argument, IReadOnlyList<string> statistics, Func<string, bool> hasNumbers)
    {
        var numeric = statistics.Where(hasNumbers).ToList();
        var subject = argument.Replace("min", string.Empty, StringComparison.Ordinal).Replace("max", string.Empty, StringComparison.Ordinal).Trim('_');
        var named = numeric.Where(s => subject.Length > 0 && s.Split('_').Contains(subject, StringComparer.Ordinal)).ToList();
        return named.Count == 1 ? named[0] : numeric.LastOrDefault();
    }
}
