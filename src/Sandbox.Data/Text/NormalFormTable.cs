using System.Globalization;

namespace Sandbox.Data.Text;

/// <summary>Decompositions, combining classes and compositions of single characters, from <c>normal-forms.txt</c>.</summary>
internal sealed class NormalFormTable
{
    private const int FirstHangul = 0xAC00;
    private const int LastHangul = 0xD7A3;
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    // Of each form the characters that may change, alone or with a neighbour.
    private readonly CodePointSet[] _changing = [new(), new(), new(), new()];

    private NormalFormTable()
    {
        using var stream = typeof(NormalFormTable).Assembly.GetManifestResourceStream("Sandbox.Data.Text.normal-forms.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Add(line);
            }
        }

        MarkChanging();
    }

    public static NormalFormTable Shared { get; } = new();

    /// <summary>The combining class; 0 for a character that begins.</summary>
    public int Class(int codePoint) => codePoint < 0x300 ? 0 : _classes.GetValueOrDefault(codePoint);

    /// <summary>What a character is taken apart into, one step; null where it is not.</summary>
    public int[]? Decomposition(int codePoint, bool compatibly) => codePoint < 0xA0
        ? null
        : _canonical.GetValueOrDefault(codePoint) ?? (compatibly ? _compatible.GetValueOrDefault(codePoint) : null);

    /// <summary>What two characters are put together to, or -1.</summary>
    public int Composition(int first, int second) => _compositions.GetValueOrDefault((first, second), -1);

    /// <summary>The place of the first character that the form may change, or -1.</summary>
    public int FirstThatMayChange(ReadOnlySpan<char> text, NormalForm form)
    {
        var set = _changing[(int)form];
        var at = text.IndexOfAnyExceptInRange('\0', '\u009f');
        while (at >= 0 && at < text.Length)
        {
            if (set.Contains(CodePoints.At(text, at, out var units)))
            {
                return at;
            }

            at += units;
        }

        return -1;
    }

    private void Add(string line)
    {
        var mark = line.AsSpan().IndexOfAny("=!~#");
        var codePoint = int.Parse(line.AsSpan(0, mark), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var rest = line[(mark + 1)..];
        if (line[mark] == '#')
        {
            _classes[codePoint] = byte.Parse(rest, CultureInfo.InvariantCulture);
            return;
        }

        var parts = Array.ConvertAll(rest.Split(' '), p => int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        (line[mark] == '~' ? _compatible : _canonical)[codePoint] = parts;
        if (line[mark] == '=')
        {
            _compositions[(parts[0], parts[1])] = codePoint;
        }
    }

    private void MarkChanging()
    {
        foreach (var codePoint in _classes.Keys)
        {
            Array.ForEach(_changing, set => set.Add(codePoint));
        }

        // What stands second in a pair may be drawn into the character before it.
        var seconds = _compositions.Keys.Select(p => p.Second).Concat(Enumerable.Range(0x1161, 21)).Concat(Enumerable.Range(0x11A8, 27));
        var composed = _compositions.Values.ToHashSet();
        var excluded = _canonical.Keys.Where(c => !composed.Contains(c));
        foreach (var codePoint in seconds.Concat(excluded))
        {
            _changing[(int)NormalForm.Nfc].Add(codePoint);
            _changing[(int)NormalForm.Nfkc].Add(codePoint);
        }

        foreach (var codePoint in _canonical.Keys.Concat(Enumerable.Range(FirstHangul, LastHangul - FirstHangul + 1)))
        {
            _changing[(int)NormalForm.Nfd].Add(codePoint);
            _changing[(int)NormalForm.Nfkd].Add(codePoint);
        }

        foreach (var codePoint in _compatible.Keys.Concat(_canonical.Keys.Where(c => _canonical[c].Any(_compatible.ContainsKey))))
        {
            _changing[(int)NormalForm.Nfkc].Add(codePoint);
            _changing[(int)NormalForm.Nfkd].Add(codePoint);
        }
    }
}
