using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Engine;

/// <summary>Ids as Elsa writes them: 16 lower-case hex digits.</summary>
public static class EngineIds
{
    /// <summary>A new random id.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The id that belongs to a text: always the same for the same text (the first 64 bits of its SHA-256).</summary>
    public static string From(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
