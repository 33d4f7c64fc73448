using System.Text.RegularExpressions;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads the parameters of a sweep, nested ones too.</summary>
internal sealed partial class ParameterReader(bool isGrid, ICollection<Fault> faults)
{
    private static readonly string[] Countable = ["constant", "categorical", "int_uniform", "q_uniform"];

    public IReadOnlyList<SweepParameter> ReadAll(ConfigMapping mapping) =>
        [.. mapping.Entries.Select(Read).OfType<SweepParameter>()];

    private SweepParameter? Read(ConfigEntry entry)
    {
        if (!NamePattern().IsMatch(entry.Key))
        {
            faults.Add(new Fault(
                entry.KeyLocation, $"parameter \"{entry.Key}\": a name starts with a letter or _ and goes on with letters, digits, _ . and -."));
        }

        if (entry.Value is not ConfigMapping mapping)
        {
            var remedy = entry.Value is ConfigScalar or ConfigSequence
                ? $" Write {{value: …}} for one value, {{values: [ … ]}} for several."
                : string.Empty;
            faults.Add(new Fault(entry.Value.Location, $"parameter \"{entry.Key}\" must be a mapping, not {entry.Value.Noun}.{remedy}"));
            return null;
        }

        var section = new SweepSection($"parameter \"{entry.Key}\"", mapping, faults);
        if (mapping.Find("parameters") is { } nested)
        {
            return new SweepParameter(entry.Key, null, Nested(section, nested)) { Conditions = Conditions(section) };
        }

        var distribution = new DistributionReader(section).Read(entry.KeyLocation);
        if (isGrid && distribution is not null && !Countable.Contains(distribution.Kind, StringComparer.Ordinal))
        {
            section.Fault(
                entry.KeyLocation, $"method grid cannot count through {distribution.Kind}: it takes {string.Join(", ", Countable)}. Give values, or use method random.");
        }

        return new SweepParameter(entry.Key, distribution, []) { Conditions = Conditions(section) };
    }

    private static IReadOnlyList<SweepCondition> Conditions(SweepSection section)
    {
        switch (section.Find("when")?.Value)
        {
            case null:
                return [];
            case ConfigMapping { Entries.Count: > 0 } mapping:
                return [.. mapping.Entries.Select(e => new SweepCondition(
                    e.Key, e.Value is ConfigSequence list ? [.. list.Items.Select(i => i.ToJson())] : [e.Value.ToJson()], e.KeyLocation))];
            case { } other:
                section.Fault(other.Location, "\"when\" must be a mapping of another parameter's name to its value or values, as {optimizer: sgd}.");
                return [];
        }
    }

    private IReadOnlyList<SweepParameter> Nested(SweepSection section, ConfigEntry nested)
    {
        section.Allow("parameters", "when");
        if (nested.Value is ConfigMapping { Entries.Count: > 0 } inner)
        {
            return ReadAll(inner);
        }

        section.Fault(nested.Value.Location, "\"parameters\" must be a mapping with at least one parameter.");
        return [];
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
