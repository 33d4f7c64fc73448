using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Data.Text.Repair;

/// <summary>What <c>mojibake.txt</c> holds: classes of characters, signs of wrong decoding, encodings.</summary>
internal sealed class RepairTables
{
    private readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal)
    {
        ["small"] = "a-z",
        ["letter"] = "a-zA-Z",
        ["word"] = "\\p{L}\\p{N}_",
        ["blank"] = "\\s\\x1c-\\x1f",
        ["any"] = "^\\n",
        ["no-letter"] = "^a-zA-Z",
        ["letter-or-space"] = "a-zA-Z ",
    };

    private readonly List<string> _signs = [];
    private readonly List<SingleByteEncoding> _encodings = [];

    private RepairTables()
    {
        using var stream = typeof(RepairTables).Assembly.GetManifestResourceStream("Sandbox.Data.Text.mojibake.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var rest = line[(blank + 1)..];
            switch (line[..blank])
            {
                case "class":
                    var colon = rest.IndexOf(':', StringComparison.Ordinal);
                    _classes[rest[..colon]] = string.Concat(rest[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Range));
                    break;
                case "encoding":
                    _encodings.Add(Encoding(rest));
                    break;
                case "sign":
                    _signs.Add(string.Concat(rest.Split(' ').Select(Item)));
                    break;
            }
        }

        Signs = Pattern(string.Join('|', _signs));
        string Class(string name) => $"[{_classes[name]}]";
        var continuation = Class("utf8_continuation");
        Sequences = Pattern(
            $"(?<!{Class("utf8_continuation_strict")})(?:{Class("utf8_first_of_2")}{continuation}|{Class("utf8_first_of_3")}{continuation}{{2}}|{Class("utf8_first_of_4")}{continuation}{{3}})+");
    }

    public static RepairTables Shared { get; } = new();

    /// <summary>Matches text that was decoded wrongly.</summary>
    public Regex Signs { get; }

    /// <summary>Matches runs of characters that look like UTF-8 decoded by a single-byte encoding.</summary>
    public Regex Sequences { get; }

    /// <summary>The encodings to try, the likeliest first.</summary>
    public IEnumerable<SingleByteEncoding> Candidates => _encodings.Where(e => e.Name != "windows-1252");

    /// <summary>The encoding of that name.</summary>
    public SingleByteEncoding Find(string name) => _encodings.First(e => e.Name == name);

    // Nothing repeats without end in these patterns.
    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromMinutes(10));

    private static string Range(string range) => string.Join('-', range.Split('-').Select(code => $"\\u{code}"));

    private static SingleByteEncoding Encoding(string line)
    {
        var fields = line.Replace(":", string.Empty, StringComparison.Ordinal).Split(' ');
        var codes = Array.ConvertAll(fields[1..], f => f == "-" ? '\uffff' : (char)int.Parse(f, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return new SingleByteEncoding(fields[0], codes[0], codes.AsSpan(1));
    }

    private string Item(string item)
    {
        if (item == "start")
        {
            return "^";
        }

        var set = new StringBuilder("[");
        foreach (var part in item.TrimStart('?').Split(','))
        {
            set.Append(part.StartsWith("U+", StringComparison.Ordinal) ? "\\u" + part[2..] : _classes[part]);
        }

        return set.Append(item[0] == '?' ? "]?" : "]").ToString();
    }
}
