using System.Text;
using System.Text.Json;
using Sandbox.Core.Faults;
using YamlDotNet.Core;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>
/// Reads YAML and JSON files into <see cref="ConfigNode"/>s. Whatever the bytes are, the answer is a tree or faults, never
/// an exception, and time and memory stay bounded.
/// </summary>
public static class ConfigParser
{
    /// <summary>What is wrong with malformed JSON, without advice for programmers and without the place.</summary>
    public static string Reason(JsonException exception) => JsonComposer.Reason(exception);

    /// <summary>Longest file that is read, in bytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Deepest nesting, aliases written out; JSON readers go no deeper than 64.</summary>
    public const int MaxDepth = 60;

    /// <summary>Most values in a file, aliases written out.</summary>
    public const int MaxNodes = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file: JSON where the name ends with <c>.json</c>, else YAML.</summary>
    /// <param name="bytes">The whole file, UTF-8 with or without byte order mark.</param>
    /// <param name="file">The name for messages.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <returns>The tree (a null scalar for an empty file), or null where it cannot be read at all.</returns>
    public static ConfigNode? Parse(ReadOnlyMemory<byte> bytes, string file, ICollection<Fault> faults)
    {
        if (bytes.Length > MaxBytes)
        {
            faults.Add(new Fault(new(file, 0, 0), $"the file is larger than {MaxBytes / 1024 / 1024} MiB: that is no config."));
            return null;
        }

        var content = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonComposer.Parse(content, file, faults);
        }

        try
        {
            return ParseYaml(Utf8.GetString(content.Span), file, faults);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + content.Span[..Math.Clamp(e.Index, 0, content.Length)].Count((byte)'\n');
            faults.Add(new Fault(new(file, line, 1), "the line is not UTF-8: save the file in that encoding."));
            return null;
        }
    }

    /// <summary>Reads YAML text.</summary>
    public static ConfigNode? ParseYaml(string text, string file, ICollection<Fault> faults) =>
        ParseYaml(text, mark => new SourceLocation(file, (int)mark.Line, (int)mark.Column), faults);

    /// <summary>Reads YAML text that stands in no file: every value and fault has the place given.</summary>
    internal static ConfigNode? ParseYaml(string text, SourceLocation place, ICollection<Fault> faults) =>
        ParseYaml(text, _ => place, faults);

    private static ConfigNode? ParseYaml(string text, Func<Mark, SourceLocation> place, ICollection<Fault> faults)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlComposer(parser, place, faults).Compose();
        }
        catch (MalformedConfigException e)
        {
            faults.Add(new Fault(e.Location, e.Message));
        }
        catch (YamlException e)
        {
            faults.Add(YamlFault(text, place, e));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The parser lets some of these out, without a place: what it read last is near.
            faults.Add(new Fault(
                place(parser.Current?.End ?? Mark.Empty), "malformed YAML: it cannot be read on from here. Is a bracket, brace or quote left open?"));
        }

        return null;
    }

    private static Fault YamlFault(string text, Func<Mark, SourceLocation> place, YamlException e)
    {
        if (e.Message.Contains("tab", StringComparison.Ordinal) && TabAt(text, e.Start) is { } tab)
        {
            return new Fault(place(tab), "malformed YAML: the line is indented with a tab. Indent with blanks.");
        }

        // The end is where reading stopped; what was being read may have begun far above.
        var begun = e.Start.Line < e.End.Line ? FormattableString.Invariant($" What is read here begins in line {e.Start.Line}.") : string.Empty;
        var message = e.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return new Fault(place(e.End), $"malformed YAML: {message}.{begun}");
    }

    /// <summary>The first tab in the indentation of a line, from a place on.</summary>
    private static Mark? TabAt(string text, Mark from)
    {
        var lineStart = from.Index > 0 && from.Index <= text.Length ? text.LastIndexOf('\n', (int)from.Index - 1) + 1 : 0;
        var line = Math.Max(from.Line, 1);
        while (text.IndexOf('\t', lineStart) is >= 0 and var tab)
        {
            var passed = text.AsSpan(lineStart, tab - lineStart);
            line += passed.Count('\n');
            lineStart += passed.LastIndexOf('\n') + 1;
            if (text.AsSpan(lineStart, tab - lineStart).IndexOfAnyExcept(' ') < 0)
            {
                return new Mark(tab, line, tab - lineStart + 1);
            }

            var end = text.IndexOf('\n', tab);
            if (end < 0)
            {
                return null;
            }

            (line, lineStart) = (line + 1, end + 1);
        }

        return null;
    }
}

/// <summary>A file that cannot be read on.</summary>
internal sealed class MalformedConfigException(SourceLocation location, string message) : Exception(message)
{
    public SourceLocation Location { get; } = location;
}
