using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads <c>successive_halving</c>.</summary>
internal sealed class HalvingReader(ICollection<Fault> faults)
{
    public HalvingConfig? Read(SweepSection root, IReadOnlyList<SweepParameter> parameters)
    {
        if (root.Find("successive_halving") is not { } entry)
        {
            return null;
        }

        if (entry.Value is not ConfigMapping mapping)
        {
            root.Fault(entry.Value.Location, $"\"successive_halving\" must be a mapping, as {{parameter: rows, min: 300, max: 8100}}, not {entry.Value.Noun}.");
            return null;
        }

        var section = new SweepSection("successive_halving", mapping, faults);
        section.Allow("parameter", "min", "max", "eta");
        foreach (var key in new[] { "parameter", "min", "max" }.Where(k => !section.Has(k)))
        {
            section.Fault(entry.KeyLocation, $"\"{key}\" is missing: name the parameter that takes the budget, its least (min) and its full (max) value.");
        }

        var result = new HalvingConfig(
            section.Text("parameter") ?? string.Empty, section.Whole("min", 1) ?? 1, section.Whole("max", 2) ?? 2, section.Number("eta", 1) ?? 3);
        Check(section, result, parameters);
        return result;
    }

    private static void Check(SweepSection section, HalvingConfig halving, IReadOnlyList<SweepParameter> parameters)
    {
        if (section.Has("min") && section.Has("max") && halving.Min >= halving.Max)
        {
            section.Fault(section.Find("min")!.Value.Location, FormattableString.Invariant($"min {halving.Min} is not less than max {halving.Max}."));
        }

        if (SweepParameter.Leaves(parameters).Any(l => string.Join('.', l.Path) == halving.Parameter))
        {
            section.Fault(
                section.Find("parameter")!.Value.Location, $"\"{halving.Parameter}\" takes the budget and cannot be searched, too: remove it from parameters.");
        }
    }
}
