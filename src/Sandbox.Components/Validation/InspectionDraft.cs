using System.Collections;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Context;

namespace Sandbox.Components.Validation;

/// <summary>Collects what an inspection finds, and leaves out what an input replaces.</summary>
internal sealed class InspectionDraft(IReadOnlyCollection<string> replaced)
{
    private readonly List<OptionFault> _faults = [];
    private readonly List<DeclaredPath> _paths = [];

    private readonly List<KeyValuePair<string, string>> _references = [];

    public int? Results { get; set; }

    public IReadOnlyList<string>? ResultNames { get; set; }

    public JobInspection ToInspection() => new([.. _faults.Distinct()], [.. _paths.Distinct()], Results)
    {
        ResultNames = ResultNames,
        References = _references,
    };

    /// <summary>Whether an input replaces the key or something that holds it.</summary>
    public bool IsReplaced(string key) =>
        replaced.Any(r => key.StartsWith(r, StringComparison.Ordinal) && (key.Length == r.Length || key[r.Length] is '.' or '['));

    public void Fault(string key, string message)
    {
        if (!IsReplaced(key))
        {
            _faults.Add(new OptionFault(key, message));
        }
    }

    /// <summary>A fault of the very key that an input sets.</summary>
    public void TargetFault(string key, string message) => _faults.Add(new OptionFault(key, message));

    public void Faults(string root, IEnumerable<OptionFault> faults)
    {
        foreach (var fault in faults)
        {
            Fault(fault.Key.Length == 0 ? root : $"{root}.{fault.Key}", fault.Message);
        }
    }

    public void Path(string key, string? path, PathAccess access)
    {
        if (!string.IsNullOrEmpty(path) && !IsReplaced(key))
        {
            _paths.Add(new DeclaredPath(key, path, access));
        }
    }

    /// <summary>Declares every path among bound options, also in nested ones.</summary>
    public void Paths(string root, object options)
    {
        foreach (var option in OptionsBinder.Describe(options.GetType()))
        {
            var (key, value) = ($"{root}.{option.Name}", option.Property.GetValue(options));
            foreach (var text in option.Option.Path == PathAccess.None ? [] : Texts(value))
            {
                Path(key, text, option.Option.Path);
            }

            if (value is not (null or string or JsonNode or IEnumerable) && OptionsBinder.Describe(value.GetType()).Count > 0)
            {
                Paths(key, value);
            }
        }
    }

    /// <summary>Declares the context infos that placeholders stand for.</summary>
    public void References(string root, Type optionsType, JsonObject options)
    {
        foreach (var option in OptionsBinder.Describe(optionsType).Where(o => o.Option.Placeholders))
        {
            References($"{root}.{option.Name}", options[option.Name]);
        }
    }

    private void References(string key, JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var (index, item) in list.Index())
                {
                    References(FormattableString.Invariant($"{key}[{index}]"), item);
                }

                break;
            case JsonObject map:
                foreach (var (name, item) in map)
                {
                    References($"{key}.{name}", item);
                }

                break;
            case not null when !IsReplaced(key):
                _references.AddRange(Placeholders.References(node).Select(r => KeyValuePair.Create(key, r)));
                break;
        }
    }

    /// <summary>A config without the keys that an input replaces; null where it is replaced as a whole or empty. It is not to
    /// be changed: where nothing is replaced, it is the very config of the job.</summary>
    public JsonObject? Known(string root, JsonObject? config)
    {
        if (config is null || IsReplaced(root))
        {
            return null;
        }

        var keys = replaced.Where(r => r.StartsWith(root + ".", StringComparison.Ordinal)).ToList();
        if (keys.Count == 0)
        {
            return config;
        }

        var known = (JsonObject)config.DeepClone();
        foreach (var key in keys)
        {
            Remove(known, key[(root.Length + 1)..].Split('.'));
        }

        return known;
    }

    private static void Remove(JsonObject config, string[] parts)
    {
        var target = config;
        foreach (var part in parts[..^1])
        {
            if (target[part] is not JsonObject inner)
            {
                return;
            }

            target = inner;
        }

        target.Remove(parts[^1]);
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        IEnumerable<string> several => several,
        _ => [],
    };
}
