using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads what has to do with iterating, and checks it against the jobs.</summary>
internal sealed class IterationReader(JobTable table, Findings findings)
{
    private static readonly string[] Modes = [TargetModes.All, TargetModes.Any];
    private readonly ValueReader _values = new(findings);

    public SandboxConfig Read(SandboxConfig config, ConfigMapping root)
    {
        var number = root.Find("max_iter_num");
        var targetsAt = root.Find("iter_targets");
        var targets = _values.Texts(targetsAt) ?? [];
        var max = (number is null ? null : _values.Whole(number, 0)) ?? config.MaxIterNum;
        foreach (var target in targets)
        {
            CheckTarget(target);
        }

        if (max == 0 && targets.Count == 0)
        {
            findings.Error(
                number!.Value.Location, "\"max_iter_num\" is 0, which means until the targets are met, and there are none: set iter_targets, or a number from 1.");
        }
        else if (max == 1 && targets.Count > 0)
        {
            findings.Warn(targetsAt!.KeyLocation, "\"iter_targets\" changes nothing while max_iter_num is 1: set it to 0 (until they are met) or to the most iterations.");
        }

        return config with
        {
            MaxIterNum = max,
            IterTargets = [.. targets.Select(t => t.Text)],
            IterTargetsMode = Mode(root.Find("iter_targets_mode")) ?? config.IterTargetsMode,
            IterUpdater = Updater(root.Find("iter_updater")),
        };
    }

    private void CheckTarget(ConfigScalar text)
    {
        var problem = IterationTarget.Parse(text.Text, out var target);
        if (problem is null && table.Check(target!.Key, null) is { } missing)
        {
            problem = $"the target \"{text.Text}\": {missing}";
        }

        if (problem is not null)
        {
            findings.Error(text.Location, problem);
        }
    }

    private string? Mode(ConfigEntry? entry)
    {
        var mode = entry is null ? null : _values.Text(entry);
        if (mode is null || Modes.Contains(mode, StringComparer.Ordinal))
        {
            return mode;
        }

        findings.Error(entry!.Value.Location, $"\"iter_targets_mode\" must be all or any, not \"{mode}\".{Suggestion.For(mode, Modes)}");
        return null;
    }

    private Dictionary<string, string> Updater(ConfigEntry? section)
    {
        var updates = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _values.Entries(section))
        {
            var to = _values.Text(entry);
            if (to is null)
            {
                if (entry.Value is ConfigScalar)
                {
                    findings.Error(entry.KeyLocation, $"iter_updater \"{entry.Key}\" says not what to update: write <pipeline>.<meta_name>.dj_configs.<key>.");
                }

                continue;
            }

            CheckUpdate(entry, to);
            updates[entry.Key] = to;
        }

        return updates;
    }

    // Both sides are checked by themselves, so that two faults are told at once.
    private void CheckUpdate(ConfigEntry entry, string to)
    {
        var source = IterationUpdate.ParseFrom(entry.Key, out var from) ?? table.Check(from!, null);
        if (source is not null)
        {
            findings.Error(entry.KeyLocation, $"iter_updater: {source}");
        }

        var problem = IterationUpdate.ParseTo(to, out var pipeline, out var metaName, out _) ?? table.Check(pipeline, metaName);
        if (problem is not null)
        {
            findings.Error(entry.Value.Location, $"iter_updater: {problem}");
        }
    }
}
