using System.Globalization;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads scalars of a known type; quoted numbers and truth values count, as with upstream's parser.</summary>
internal sealed class ValueReader(Findings findings)
{
    /// <summary>The text of a scalar, null for nothing; a list or mapping is a fault.</summary>
    public string? Text(ConfigEntry entry)
    {
        if (entry.Value is ConfigScalar scalar)
        {
            return scalar.IsNull ? null : scalar.Text;
        }

        findings.Error(entry.Value.Location, $"\"{entry.Key}\" must be text, not {entry.Value.Noun}.");
        return null;
    }

    public bool? Flag(ConfigEntry entry)
    {
        if (entry.Value is ConfigScalar scalar)
        {
            var value = scalar.Unquoted();
            if (value.IsNull || value.Boolean is not null)
            {
                return value.Boolean;
            }
        }

        findings.Error(entry.Value.Location, $"\"{entry.Key}\" must be true or false, not {entry.Value.Noun}.");
        return null;
    }

    public int? Whole(ConfigEntry entry, int min)
    {
        if (entry.Value is ConfigScalar scalar)
        {
            var value = scalar.Unquoted();
            if (value.IsNull)
            {
                return null;
            }

            if (value.Kind == ScalarKind.Integer && value.Number is { } number && number >= min)
            {
                if (number <= int.MaxValue)
                {
                    return (int)number;
                }

                findings.Error(entry.Value.Location, FormattableString.Invariant($"\"{entry.Key}\" must be at most {int.MaxValue}, not {number}."));
                return null;
            }
        }

        findings.Error(
            entry.Value.Location,
            string.Create(CultureInfo.InvariantCulture, $"\"{entry.Key}\" must be a whole number from {min}, not {entry.Value.Noun}."));
        return null;
    }

    public TimeSpan? Duration(ConfigEntry entry)
    {
        if (entry.Value is not ConfigScalar scalar)
        {
            findings.Error(entry.Value.Location, $"\"{entry.Key}\" must be a duration as 10s or 1h30m, not {entry.Value.Noun}.");
            return null;
        }

        if (scalar.IsNull)
        {
            return null;
        }

        if (Durations.Parse(scalar.Text, out var duration) is { } problem)
        {
            findings.Error(scalar.Location, $"\"{entry.Key}\": {problem}");
            return null;
        }

        return duration;
    }

    /// <summary>The entries of a mapping; nothing for null, a fault for anything else.</summary>
    public IReadOnlyList<ConfigEntry> Entries(ConfigEntry? entry)
    {
        switch (entry?.Value)
        {
            case ConfigMapping mapping:
                return mapping.Entries;
            case null or ConfigScalar { IsNull: true }:
                return [];
            default:
                findings.Error(entry.Value.Location, $"\"{entry.Key}\" must be a mapping, not {entry.Value.Noun}.");
                return [];
        }
    }

    /// <summary>The items of a list of text, or the one text given instead of a list; null for nothing.</summary>
    public IReadOnlyList<ConfigScalar>? Texts(ConfigEntry? entry)
    {
        if (entry is null or { Value: ConfigScalar { IsNull: true } })
        {
            return null;
        }

        IReadOnlyList<ConfigNode> items = entry.Value is ConfigSequence list ? list.Items : [entry.Value];
        var texts = new List<ConfigScalar>();
        foreach (var item in items)
        {
            if (item is ConfigScalar { IsNull: false, Text.Length: > 0 } scalar)
            {
                texts.Add(scalar);
            }
            else
            {
                findings.Error(item.Location, $"\"{entry.Key}\" must be text or a list of text, not {item.Noun}.");
            }
        }

        return texts;
    }
}
