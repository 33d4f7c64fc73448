using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Plugins.Protocol;

/// <summary>The options of a program with their paths as it is given them: what it reads where it lies, what it writes below the
/// attempt's lasting directory, which stays the same whoever looks after the program.</summary>
internal sealed class ProgramPaths
{
    private readonly ComponentContext _context;
    private readonly JsonObject _options = [];
    private readonly List<(string Configured, string Given)> _written = [];

    public ProgramPaths(object options, ComponentContext context)
    {
        _context = context;
        var ofEnvironment = OptionsBinder.Describe(typeof(EnvironmentOptions)).Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var option in OptionsBinder.Describe(options.GetType()).Where(o => !ofEnvironment.Contains(o.Name)))
        {
            _options[option.Name] = Value(option, option.Property.GetValue(options));
        }
    }

    /// <summary>The options, all of them, defaults too.</summary>
    public JsonObject Options() => (JsonObject)_options.DeepClone();

    /// <summary>Takes what the program wrote into the files of the attempt, so that it is published.</summary>
    public void Adopt()
    {
        foreach (var (configured, given) in _written)
        {
            if (File.Exists(given))
            {
                KeptFile.Keep(given, _context.Files.ResolveWrite(configured));
            }

            foreach (var file in Directory.Exists(given) ? Directory.EnumerateFiles(given, "*", SearchOption.AllDirectories) : [])
            {
                KeptFile.Keep(file, _context.Files.ResolveWrite(Path.Combine(configured, Path.GetRelativePath(given, file))));
            }
        }
    }

    /// <summary>A result with the paths as the config has them.</summary>
    public JsonNode? AsConfigured(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, AsConfigured(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(AsConfigured)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(AsConfigured(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private string AsConfigured(string text)
    {
        foreach (var (configured, given) in _written)
        {
            if (text == given || text.StartsWith(given + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return configured + text[given.Length..];
            }
        }

        return text;
    }

    private JsonNode? Value(OptionProperty option, object? value) => (option.Option.Path, value) switch
    {
        (PathAccess.None, JsonNode node) => node.DeepClone(),
        (PathAccess.None, _) => JsonSerializer.SerializeToNode(value),
        (var access, string path) => Given(option.Name, 0, access, path),
        (var access, List<string> several) => new JsonArray([.. several.Select((path, i) => (JsonNode?)Given(option.Name, i, access, path))]),
        _ => null,
    };

    private string Given(string option, int index, PathAccess access, string path)
    {
        if (access == PathAccess.Read || path.Length == 0)
        {
            return path.Length == 0 ? path : _context.Files.ResolveRead(path);
        }

        var given = _context.Files.Lasting(Path.Combine("plugin", "written", option, FormattableString.Invariant($"{index}"), Path.GetFileName(path.TrimEnd('/'))));
        _written.Add((path, given));
        return given;
    }
}
