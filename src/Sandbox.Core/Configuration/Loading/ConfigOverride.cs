using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>A command-line override.</summary>
/// <param name="Key">Parts of the dotted key.</param>
/// <param name="Value">The value; its place is the option itself.</param>
internal sealed record ConfigOverride(IReadOnlyList<string> Key, ConfigNode Value)
{
    // Keys whose value is text, whatever it looks like.
    private static readonly string[] TextKeys = ["project_name", "experiment_name", "work_dir", "iter_targets_mode"];

    /// <summary>Reads arguments of the form <c>--key value</c> or <c>--key=value</c>.</summary>
    public static IReadOnlyList<ConfigOverride> Parse(IReadOnlyList<string> arguments, Findings findings)
    {
        var overrides = new List<ConfigOverride>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                findings.Error(new SourceLocation(argument, 0, 0), "is no override: write --key value or --key=value.");
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var at = new SourceLocation(name, 0, 0);
            var value = equals >= 0 ? argument[(equals + 1)..]
                : i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i]
                : null;
            var key = name[2..].Split('.');
            if (value is null)
            {
                findings.Error(at, "the override has no value: write --key value or --key=value.");
            }
            else if (Array.Exists(key, part => part.Length == 0))
            {
                findings.Error(at, "the key has an empty part: write names with single dots between them.");
            }
            else
            {
                overrides.Add(new ConfigOverride(key, Node(key, value, at)));
            }
        }

        return overrides;
    }

    // What is no YAML is text, as with upstream's parser.
    private static ConfigNode Node(string[] key, string value, SourceLocation at)
    {
        var faults = new List<Fault>();
        var node = key is [var only] && TextKeys.Contains(only, StringComparer.Ordinal)
            ? null
            : ConfigParser.ParseYaml(value, at, faults);
        return node is null || faults.Count > 0 ? ConfigScalar.OfText(at, value) : node;
    }
}
