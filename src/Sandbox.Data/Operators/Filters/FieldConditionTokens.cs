using System.Text;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Cuts a condition into tokens. A text literal is given as its opening quote and what it means.</summary>
internal static class FieldConditionTokens
{
    private static readonly string[] Refused = ["not", "in", "is", "if", "else", "lambda"];

    public static IReadOnlyList<string> Read(string text)
    {
        var tokens = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            tokens.Add(One(text, ref at));
        }

        return tokens;
    }

    private static string One(string text, ref int at)
    {
        var c = text[at];
        if (c is '\'' or '"')
        {
            return Quoted(text, ref at);
        }

        if (char.IsLetter(c) || c == '_')
        {
            var name = Run(text, ref at, x => char.IsLetterOrDigit(x) || x is '_' or '.');
            return Refused.Contains(name, StringComparer.Ordinal) ? throw new FormatException($"\"{name}\" is not offered.") : name;
        }

        if (char.IsAsciiDigit(c) || c == '.')
        {
            return Run(text, ref at, x => char.IsAsciiLetterOrDigit(x) || x is '.' or '_');
        }

        var length = c is '<' or '>' or '=' or '!' && at + 1 < text.Length && text[at + 1] == '=' ? 2 : 1;
        var token = text.Substring(at, length);
        at += length;
        return token;
    }

    private static string Run(string text, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var value = new StringBuilder().Append(quote);
        for (; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                return value.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                value.Append(text[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
                continue;
            }

            value.Append(text[at]);
        }

        throw new FormatException("a closing quotation mark is missing.");
    }
}
