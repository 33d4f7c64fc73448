namespace Sandbox.Engine.Activities;

/// <summary>The two spellings of an input's or output's name: Pascal case in descriptors and states, camel case in
/// definitions.</summary>
internal static class ActivityNames
{
    public static string Camel(string name) =>
        name.Length == 0 || char.IsLower(name[0]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    public static string Pascal(string name) =>
        name.Length == 0 || char.IsUpper(name[0]) ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
