using System.Text;

namespace Sandbox.Environments.Python;

/// <summary>
/// Splits an item of a list of packages as pip splits a line of a requirements file: the requirement up to the first word
/// that begins with a dash, then options with quotes as a POSIX shell reads them; a comment ends it. Nothing is expanded.
/// </summary>
public static class RequirementLine
{
    /// <summary>The arguments for pip.</summary>
    /// <exception cref="EnvironmentException">The item is empty, holds a line break, or a quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string item)
    {
        if (item.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw new EnvironmentException($"A package is one line, but this one holds a line break: {item.ReplaceLineEndings("\\n")}");
        }

        var words = WithoutComment(item).Split(' ');
        var requirement = string.Join(' ', words.TakeWhile(w => !w.StartsWith('-'))).Trim();
        var options = string.Join(' ', words.SkipWhile(w => !w.StartsWith('-')));
        IReadOnlyList<string> arguments = [.. requirement.Length > 0 ? [requirement] : Array.Empty<string>(), .. Words(options, item)];
        return arguments.Count > 0 ? arguments : throw new EnvironmentException("A package of the list is empty; name it, or take the item out.");
    }

    private static string WithoutComment(string item)
    {
        for (var i = 0; i < item.Length; i++)
        {
            if (item[i] == '#' && (i == 0 || char.IsWhiteSpace(item[i - 1])))
            {
                return item[..i].Trim();
            }
        }

        return item.Trim();
    }

    private static List<string> Words(string text, string item)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t':
                    Finish();
                    break;
                case '\'' or '"':
                    i = Quoted(text, i, word ??= new StringBuilder(), item);
                    break;
                case '\\' when i + 1 < text.Length:
                    (word ??= new StringBuilder()).Append(text[++i]);
                    break;
                default:
                    (word ??= new StringBuilder()).Append(text[i]);
                    break;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    private static int Quoted(string text, int start, StringBuilder word, string item)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == text[start])
            {
                return i;
            }

            var escapes = text[start] == '"' && text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\';
            word.Append(text[escapes ? ++i : i]);
        }

        throw new EnvironmentException($"A quote is not closed in: {item}");
    }
}
