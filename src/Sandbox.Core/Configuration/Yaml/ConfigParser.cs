using System.Text;
using Sandbox.Core.Faults;
using YamlDotNet.Core;

namespace Sandbox.Core.Configuration.Yaml;

/// <summary>
/// Reads YAML and JSON files into <see cref="ConfigNode"/>s. Whatever the bytes are, the answer is a tree or faults, never
/// an exception, and time and memory stay bounded.
/// </summary>
public static class ConfigParser
{
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
        try
        {
            return new YamlComposer(new Parser(new StringReader(text)), place, faults).Compose();
        }
        catch (MalformedConfigException e)
        {
            faults.Add(new Fault(e.Location, e.Message));
        }
        catch (YamlException e)
        {
            faults.Add(new Fault(place(e.Start), $"malformed YAML: {Sentence(e.Message)}{TabHint(text, e.Start)}"));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The scanner lets some of these out on odd bytes.
            faults.Add(new Fault(place(Mark.Empty), $"malformed YAML: {Sentence(e.Message)}"));
        }

        return null;
    }

    private static string Sentence(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    private static string TabHint(string text, Mark at)
    {
        var start = at.Index <= 0 || at.Index > text.Length ? 0 : text.LastIndexOf('\n', (int)at.Index - 1) + 1;
        var indent = text.AsSpan(start);
        var end = indent.IndexOfAnyExcept(' ', '\t');
        return indent[..Math.Max(end, 0)].Contains('\t') ? " Indent with blanks, not with tabs." : string.Empty;
    }
}

/// <summary>A file that cannot be read on.</summary>
internal sealed class MalformedConfigException(SourceLocation location, string message) : Exception(message)
{
    public SourceLocation Location { get; } = location;
}
