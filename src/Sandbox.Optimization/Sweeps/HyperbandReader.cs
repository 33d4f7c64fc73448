using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads <c>early_terminate</c>.</summary>
internal sealed class HyperbandReader(ICollection<Fault> faults)
{
    public HyperbandConfig? Read(SweepSection root)
    {
        if (root.Find("early_terminate") is not { } entry)
        {
            return null;
        }

        if (entry.Value is not ConfigMapping mapping)
        {
            root.Fault(entry.Value.Location, $"\"early_terminate\" must be a mapping, as {{type: hyperband, min_iter: 3}}, not {entry.Value.Noun}.");
            return null;
        }

        var section = new SweepSection("early_terminate", mapping, faults);
        section.Allow("type", "min_iter", "max_iter", "s", "eta", "strict");
        section.OneOf("type", ["hyperband"]);
        if (!section.Has("type"))
        {
            section.Fault(entry.KeyLocation, "\"type\" is missing: it is hyperband.");
        }

        var result = new HyperbandConfig(
            section.Whole("min_iter", 1), section.Whole("max_iter", 1), section.Whole("s", 1), section.Number("eta", 1) ?? 3, section.Flag("strict") ?? true);
        CheckBands(section, entry.KeyLocation, result);
        return result;
    }

    private static void CheckBands(SweepSection section, SourceLocation at, HyperbandConfig hyperband)
    {
        if (!section.Has("min_iter") && !section.Has("max_iter"))
        {
            section.Fault(at, "needs \"min_iter\", or \"max_iter\" and \"s\".");
        }
        else if (section.Has("max_iter") && !section.Has("s"))
        {
            section.Fault(at, "\"max_iter\" needs \"s\", the number of bands below it.");
        }
        else if (hyperband.MaxIter is { } max && max / hyperband.Eta < 1)
        {
            section.Fault(
                section.Find("max_iter")!.Value.Location,
                string.Create(CultureInfo.InvariantCulture, $"\"max_iter\" {max} leaves no band with eta {hyperband.Eta}: it must not be below eta."));
        }
    }
}
