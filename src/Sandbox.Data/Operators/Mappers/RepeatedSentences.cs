using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Removes sentences that came before in the same text, whatever line they stand on.</summary>
internal sealed partial class RepeatedSentences(RepeatSentencesOptions options)
{
    private const string Cut = "${mark}\n${next}";

    public string Remove(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new StringBuilder(text.Length);
        foreach (var (line, i) in text.Split('\n').Select((line, i) => (line, i)))
        {
            result.Append(i > 0 ? "\n" : string.Empty);
            foreach (var sentence in line.Length == 0 ? [] : Sentences(line))
            {
                var form = Normalized(sentence);
                if (PythonText.Length(form) < options.MinRepeatSentenceLength || seen.Add(form))
                {
                    result.Append(sentence);
                }
            }
        }

        return result.ToString();
    }

    // The character behind a mark is consumed, so that of two marks only the first cuts.
    private static string[] Sentences(string line)
    {
        var cut = AfterMark().Replace(line, Cut);
        cut = AfterDots().Replace(cut, Cut);
        cut = AfterEllipsis().Replace(cut, Cut);
        return AfterQuote().Replace(cut, Cut).Split('\n');
    }

    private string Normalized(string sentence)
    {
        var form = PythonText.Strip(sentence).ToString();
        form = options.Lowercase ? PythonText.ToLower(form) : form;
        return options.IgnoreSpecialCharacter ? string.Concat(form.Where(Matters)) : form;
    }

    private static bool Matters(char c) => char.IsAsciiLetterOrDigit(c) || c is (>= '\u4e00' and <= '\u9fa5') or '\n' or '\t' or ' ';

    [GeneratedRegex("(?<mark>[.。!！？?])(?<next>[^’”])", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex AfterMark();

    [GeneratedRegex(@"(?<mark>\.{6})(?<next>[^’”])", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex AfterDots();

    [GeneratedRegex("(?<mark>…{2})(?<next>[^’”])", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex AfterEllipsis();

    [GeneratedRegex("(?<mark>[.。!！？?{6}…2][’”])(?<next>[^’”])", RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex AfterQuote();
}
