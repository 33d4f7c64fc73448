using System.Buffers;
using System.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Keeps Han characters and, where asked for, ASCII letters, ASCII digits and some punctuation.</summary>
internal static class NonChinese
{
    private const string Punctuation = ".， ,-。%《*》/•、&＆(—)（+）：？!！“”·";
    private const char FirstHan = '\u4e00';
    private const char LastHan = '\u9fa5';

    public static Func<string, string> Remover(NonChineseOptions options)
    {
        var kept = SearchValues.Create(
            (options.KeepAlphabet ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" : string.Empty)
            + (options.KeepNumber ? "0123456789" : string.Empty)
            + (options.KeepPunctuation ? Punctuation : string.Empty));
        return text =>
        {
            var result = new StringBuilder(text.Length);
            foreach (var c in text)
            {
                if (c is >= FirstHan and <= LastHan || kept.Contains(c))
                {
                    result.Append(c);
                }
            }

            return result.ToString();
        };
    }
}
