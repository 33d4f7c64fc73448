using System.Collections;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Validation;

/// <summary>Collects what an inspection finds, and leaves out what an input replaces.</summary>
internal sealed class InspectionDraft(IReadOnlyCollection<string> replaced)
{
    private readonly List<OptionFault> _faults = [];
    private readonly List<DeclaredPath> _paths = [];

    public int? Results { get; set; }

    public JobInspection ToInspection() => new([.. _faults.Distinct()], [.. _paths.Distinct()], Results);

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
