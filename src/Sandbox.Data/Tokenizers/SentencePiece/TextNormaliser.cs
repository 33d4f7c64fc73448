using System.Buffers;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Makes the text that a model cuts: replaces what its table says, takes out needless blanks, and marks words by
/// U+2581.</summary>
internal sealed class TextNormaliser
{
    private const char Mark = '\u2581';
    private const int MostPooled = 1 << 22;
    private readonly NormaliserSettings _settings;
    private readonly ReplacementRules _rules;
    private readonly ReplacementRules? _userDefined;
    private readonly bool[] _plain = new bool[128];
    private readonly bool[] _joins = new bool[128];

    public TextNormaliser(NormaliserSettings settings, IEnumerable<string> userDefined)
    {
        _settings = settings;
        _rules = new ReplacementRules(CompiledCharsmap.Rules(settings.Charsmap));
        var kept = userDefined.ToDictionary(t => t, t => t, StringComparer.Ordinal);
        _userDefined = kept.Count > 0 ? new ReplacementRules(kept) : null;

        // ASCII characters that stay as they are, unless one that joins them stands behind.
        for (var c = '\0'; c < _plain.Length; c++)
        {
            _plain[c] = c != ' ' && !_rules.Replaces(c) && _userDefined?.MayBegin(c) != true;
            _joins[c] = _rules.MayContinue(c);
        }
    }

    public string Normalise(string text)
    {
        var buffer = Rent(text.Length + 16);
        try
        {
            var result = new Target(buffer, _settings);
            for (var at = 0; at < text.Length;)
            {
                at += result.AddPlain(PlainAt(text, at));
                if (at < text.Length)
                {
                    Step(text, ref at, ref result);
                }
            }

            buffer = result.Buffer;
            return result.Finish();
        }
        finally
        {
            Return(buffer);
        }
    }

    // A long array is as long as it must be, and is not kept.
    private static char[] Rent(int length) =>
        length <= MostPooled ? ArrayPool<char>.Shared.Rent(length) : GC.AllocateUninitializedArray<char>(length);

    private static void Return(char[] buffer)
    {
        if (buffer.Length <= MostPooled)
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    // Most of a text: characters that stay as they are, whatever comes next.
    private ReadOnlySpan<char> PlainAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] < _plain.Length && _plain[text[end]] && (end + 1 == text.Length || (text[end + 1] < _joins.Length && !_joins[text[end + 1]])))
        {
            end++;
        }

        return text.AsSpan(at, end - at);
    }

    private void Step(string text, ref int at, ref Target result)
    {
        if (_userDefined is not null && _userDefined.Find(text, at) is { Length: > 0 } kept)
        {
            result.Add(kept.Text);
            at += kept.Length;
            return;
        }

        if (!_rules.MayBegin(text[at]))
        {
            at += Copy(text, at, ref result);
            return;
        }

        var match = _rules.Find(text, at);
        if (match.Length == 0)
        {
            at += Copy(text, at, ref result);
            return;
        }

        result.Add(match.Text);
        at += match.Length;
    }

    private static int Copy(string text, int at, ref Target result)
    {
        var c = text[at];
        if (!char.IsSurrogate(c))
        {
            result.Add(c);
            return 1;
        }

        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            result.AddPair(c, text[at + 1]);
            return 2;
        }

        result.Add('\ufffd');
        return 1;
    }

    /// <summary>What has been written.</summary>
    private ref struct Target(char[] buffer, NormaliserSettings settings)
    {
        private readonly NormaliserSettings _settings = settings;
        private readonly char _blank = settings.EscapesBlanks ? Mark : ' ';
        private int _length;
        private bool _started;
        private bool _afterBlank;

        public char[] Buffer { get; private set; } = buffer;

        public void Add(string text)
        {
            foreach (var c in text)
            {
                Add(c);
            }
        }

        public void Add(char c)
        {
            if (c == ' ')
            {
                if (_settings.RemovesBlanks && (!_started || _afterBlank))
                {
                    return;
                }

                Start();
                Put(_blank);
                _afterBlank = true;
                return;
            }

            Start();
            Put(c);
            _afterBlank = false;
        }

        /// <summary>Adds characters that are no blanks; gives their number.</summary>
        public int AddPlain(ReadOnlySpan<char> text)
        {
            if (text.IsEmpty)
            {
                return 0;
            }

            Start();
            while (Buffer.Length - _length < text.Length)
            {
                Grow();
            }

            text.CopyTo(Buffer.AsSpan(_length));
            _length += text.Length;
            _afterBlank = false;
            return text.Length;
        }

        public void AddPair(char high, char low)
        {
            Start();
            Put(high);
            Put(low);
            _afterBlank = false;
        }

        public string Finish()
        {
            var last = _length;
            if (_settings.RemovesBlanks)
            {
                while (last > 0 && Buffer[last - 1] == _blank)
                {
                    last--;
                }
            }

            _length = last;
            if (_started && _settings.AddsBlank && _settings.BlankIsSuffix)
            {
                Put(_blank);
            }

            return new string(Buffer, 0, _length);
        }

        private void Start()
        {
            if (_started)
            {
                return;
            }

            _started = true;
            if (_settings.AddsBlank && !_settings.BlankIsSuffix)
            {
                Put(_blank);
                _afterBlank = true;
            }
        }

        private void Put(char c)
        {
            if (_length == Buffer.Length)
            {
                Grow();
            }

            Buffer[_length++] = c;
        }

        private void Grow()
        {
            var larger = Rent(Buffer.Length + Math.Min(Buffer.Length, MostPooled));
            Buffer.AsSpan(0, _length).CopyTo(larger);
            Return(Buffer);
            Buffer = larger;
        }
    }
}
