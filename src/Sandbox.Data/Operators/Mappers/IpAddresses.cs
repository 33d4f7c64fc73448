using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Finds IP addresses: four numbers up to 255 without leading zeros, or eight groups of hexadecimal digits. There
/// need be no boundary on either side, and the last number takes the first form that fits.</summary>
internal static class IpAddresses
{
    private const string Number = "(?:1[0-9][0-9]|2[0-4][0-9]|25[0-5]|[1-9][0-9]|[0-9])";
    private const string Group = @"[\da-fA-F]{1,4}";
    private static readonly PythonRegex Pattern = new($@"(?:{Number}\.){{3}}{Number}|({Group}:){{7}}{Group}");

    public static Func<string, string> Replacer(string replacement) => Pattern.Replacer(replacement);
}
