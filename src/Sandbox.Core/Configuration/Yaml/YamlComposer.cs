using Sandbox.Core.Faults;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>Builds the tree from the events of a YAML parser.</summary>
internal sealed class YamlComposer(IParser parser, Func<Mark, SourceLocation> place, ICollection<Fault> faults)
{
    private readonly Dictionary<AnchorName, ConfigNode?> _anchors = [];
    private long _nodes;

    /// <summary>The only document, or a null scalar for an empty file.</summary>
    public ConfigNode Compose()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out var end))
        {
            return ScalarResolver.Plain(place(end.Start), string.Empty);
        }

        parser.Consume<DocumentStart>();
        var root = Node(1);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw new MalformedConfigException(
                place(parser.Current!.Start), "a second document starts here: a config is one document, remove \"---\".");
        }

        return root;
    }

    private ConfigNode Node(int depth)
    {
        var current = parser.Consume<ParsingEvent>();
        if (depth > ConfigParser.MaxDepth)
        {
            throw TooDeep(place(current.Start));
        }

        if (current is AnchorAlias alias)
        {
            return Counted(Resolve(alias), alias.Start);
        }

        // On some malformed input the parser gives an end without a start.
        if (current is not NodeEvent start)
        {
            throw new MalformedConfigException(place(current.Start), "malformed YAML: a value was expected here.");
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = null;
        }

        ConfigNode node = start switch
        {
            Scalar scalar => YamlTags.Scalar(scalar, place(scalar.Start)),
            SequenceStart sequence => Sequence(sequence, depth),
            _ => Mapping((MappingStart)start, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node.Height > ConfigParser.MaxDepth ? throw TooDeep(node.Location) : Counted(node, start.Start, own: true);
    }

    private ConfigSequence Sequence(SequenceStart start, int depth)
    {
        YamlTags.RequireCollection(start.Tag, "tag:yaml.org,2002:seq", place(start.Start));
        var items = new List<ConfigNode>();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        parser.Consume<SequenceEnd>();
        return new ConfigSequence(place(start.Start), items);
    }

    private ConfigMapping Mapping(MappingStart start, int depth)
    {
        YamlTags.RequireCollection(start.Tag, "tag:yaml.org,2002:map", place(start.Start));
        var entries = new MappingEntries(faults);
        while (!parser.Accept<MappingEnd>(out _))
        {
            var isMerge = parser.Accept<Scalar>(out var plain) && plain is { Style: ScalarStyle.Plain, Value: "<<" };
            if (Node(depth + 1) is not ConfigScalar key)
            {
                throw new MalformedConfigException(place(start.Start), "a key of this mapping is a list or a mapping: keys must be text.");
            }

            var value = Node(depth + 1);
            if (isMerge)
            {
                entries.Merge(value);
            }
            else
            {
                entries.Add(new ConfigEntry(key.Text, key.Location, value));
            }
        }

        parser.Consume<MappingEnd>();
        return new ConfigMapping(place(start.Start), entries.ToList());
    }

    private ConfigNode Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw new MalformedConfigException(
                place(alias.Start),
                $"there is no anchor \"&{alias.Value}\" before this alias.{Suggestion.For(alias.Value.Value, _anchors.Keys.Take(100).Select(k => k.Value))}");
        }

        return node ?? throw new MalformedConfigException(
            place(alias.Start), $"the alias \"*{alias.Value}\" stands inside its own anchor: a config cannot contain itself.");
    }

    // A node of the file counts once, an alias with all that it stands for: so a few lines cannot unfold into gigabytes.
    private ConfigNode Counted(ConfigNode node, Mark at, bool own = false)
    {
        _nodes += own ? 1 : node.Weight;
        return _nodes <= ConfigParser.MaxNodes
            ? node
            : throw new MalformedConfigException(place(at), $"the file holds more than {ConfigParser.MaxNodes} values, its aliases written out.");
    }

    private static MalformedConfigException TooDeep(SourceLocation at) =>
        new(at, $"the file is nested more than {ConfigParser.MaxDepth} levels deep.");
}
