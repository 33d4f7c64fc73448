using System.Text.RegularExpressions;

namespace Sandbox.Environments.Python;

/// <summary>Keeps passwords out of logs.</summary>
internal static class Secrets
{
    private static readonly Regex Credentials = new("://[^/@ ]+@", RegexOptions.NonBacktracking);

    /// <summary>The text without the credentials of its URLs.</summary>
    public static string Hide(string text) => Credentials.Replace(text, "://***@");
}
