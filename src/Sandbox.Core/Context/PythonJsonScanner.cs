using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>The tokens of Python's JSON, one after another.</summary>
internal sealed class PythonJsonScanner(string text, string file)
{
    /// <summary>Where the next token begins.</summary>
    public int Position { get; private set; }

    public bool IsAtEnd => Position == text.Length;

    /// <summary>Line and column of a position.</summary>
    public SourceLocation LocationOf(int place)
    {
        var before = text.AsSpan(0, Math.Min(place, text.Length));
        return new SourceLocation(file, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>Passes over a byte order mark.</summary>
    public void SkipMark()
    {
        if (text.StartsWith('\uFEFF'))
        {
            Position = 1;
        }
    }

    /// <summary>A string, from its opening quote on.</summary>
    public string String()
    {
        var value = new StringBuilder();
        Position++;
        while (true)
        {
            var c = Peek();
            if (c is '\0' && IsAtEnd)
            {
                throw Broken("the text ends inside a string.");
            }

            if (c is < ' ')
            {
                throw Broken("a string holds a line break or control character: write it as an escape.");
            }

            Position++;
            switch (c)
            {
                case '"':
                    return value.ToString();
                case '\\':
                    value.Append(Escape());
                    break;
                default:
                    value.Append(c);
                    break;
            }
        }
    }

    private char Escape()
    {
        var c = Peek();
        Position++;
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(),
            _ => throw Broken("unknown escape in a string.", -1),
        };
    }

    private char Unicode()
    {
        if (Position + 4 > text.Length
            || !ushort.TryParse(text.AsSpan(Position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Broken("\\u needs four hexadecimal digits.");
        }

        Position += 4;
        return (char)code;
    }

    /// <summary>A number, negative infinity included.</summary>
    public JsonNode Number()
    {
        if (TryWord("-Infinity"))
        {
            return JsonValue.Create(double.NegativeInfinity);
        }

        var start = Position;
        while (Peek() is '-' or '+' or '.' or 'e' or 'E' or (>= '0' and <= '9'))
        {
            Position++;
        }

        var raw = text[start..Position];
        try
        {
            return JsonNode.Parse(raw)!;
        }
        catch (JsonException)
        {
            throw Broken($"\"{raw}\" is no number.", start - Position);
        }
    }

    /// <summary>One of the words that stand for a value.</summary>
    public JsonValue? Word() =>
        TryWord("null") ? null
        : TryWord("true") ? JsonValue.Create(true)
        : TryWord("false") ? JsonValue.Create(false)
        : TryWord("NaN") ? JsonValue.Create(double.NaN)
        : TryWord("Infinity") ? JsonValue.Create(double.PositiveInfinity)
        : throw Broken(IsAtEnd ? "the text ends where a value was expected." : "expected a value.");

    private bool TryWord(string word)
    {
        if (!text.AsSpan(Position).StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        Position += word.Length;
        return true;
    }

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek() => Position < text.Length ? text[Position] : '\0';

    /// <summary>Takes the character if it comes next.</summary>
    public bool TryTake(char c)
    {
        if (Peek() != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Takes the character.</summary>
    /// <exception cref="FaultException">Another one comes.</exception>
    public void Take(char c)
    {
        if (!TryTake(c))
        {
            throw Broken(IsAtEnd ? $"the text ends where \"{c}\" was expected." : $"expected \"{c}\".");
        }
    }

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            Position++;
        }
    }

    /// <summary>The text is not JSON here, or so many characters further on.</summary>
    public FaultException Broken(string message, int back = 0) =>
        new([new Fault(LocationOf(Position + back), $"not valid JSON: {message}")]);
}
