using System.Text.RegularExpressions;

namespace Sandbox.Components.DataEvaluator.Captions.Tokenizing;

/// <summary>One kind of token. Of all rules that match at a place the longest match wins, the first one on a tie.</summary>
/// <param name="Pattern">What matches; a group <c>t</c> is the token where what follows only has to stand there.</param>
/// <param name="Write">How the token is written; null writes it as it stands.</param>
internal sealed record PtbRule(Regex Pattern, Func<string, string>? Write = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static PtbRule Of(string pattern, Func<string, string>? write = null) =>
        new(new Regex($@"\G(?:{pattern})", RegexOptions.CultureInvariant, Longest), write);

    /// <summary>The token at a place: how far it reaches, and with what it needs behind it.</summary>
    public (int Length, int Reach) At(string text, int start)
    {
        var match = Pattern.Match(text, start);
        if (!match.Success)
        {
            return (0, 0);
        }

        var token = match.Groups["t"];
        return (token.Success ? token.Length : match.Length, match.Length);
    }
}
