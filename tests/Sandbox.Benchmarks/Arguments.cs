using System.Globalization;

namespace Sandbox.Benchmarks;

/// <summary>The command line: a verb, then options.</summary>
internal sealed class Arguments(string[] given)
{
    public string Verb => given is [{ } verb, ..] && !verb.StartsWith('-') ? verb : "all";

    public bool Has(string option) => given.Contains(option, StringComparer.Ordinal);

    public string? Text(string option)
    {
        var at = Array.IndexOf(given, option);
        return at >= 0 && at + 1 < given.Length ? given[at + 1] : null;
    }

    public int Number(string option, int otherwise) =>
        Text(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
