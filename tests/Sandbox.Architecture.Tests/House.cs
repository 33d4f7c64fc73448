using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sandbox.Testing;

namespace Sandbox.Architecture.Tests;

/// <summary>The rooms of the house and the whole of what each may import (docs/architecture.md has the same table).</summary>
internal static partial class House
{
    /// <summary>Rooms from the ground up.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Imports = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Environments"] = [],
        ["Data"] = ["Core"],
        ["Components"] = ["Core", "Environments", "Data"],
        ["Tracking"] = ["Core"],
        ["Optimization"] = ["Core"],
        ["Engine"] = [],
        ["Workflows"] = ["Core", "Engine", "Components", "Tracking", "Optimization"],
        ["Server"] = ["Core", "Environments", "Data", "Components", "Tracking", "Optimization", "Engine", "Workflows"],
        ["Cli"] = ["Core", "Environments", "Data", "Components", "Tracking", "Optimization", "Engine", "Workflows"],
    };

    /// <summary>One test case a room.</summary>
    public static TheoryData<string> Rooms => [.. Imports.Keys];

    /// <summary>The directory of a room.</summary>
    public static string Directory(string room) => Path.Combine(Reference.Repository, "src", $"Sandbox.{room}");

    /// <summary>The compiled room, as it lies beside the tests.</summary>
    public static string Assembly(string room) =>
        Path.Combine(AppContext.BaseDirectory, room == "Cli" ? "sandbox.dll" : $"Sandbox.{room}.dll");

    /// <summary>The rooms that a room's project file refers to.</summary>
    public static IEnumerable<string> ProjectReferences(string room) =>
        XDocument.Load(Path.Combine(Directory(room), $"Sandbox.{room}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["Sandbox.".Length..]);

    /// <summary>The source files of a room, without what the build makes.</summary>
    public static IEnumerable<string> SourceFiles(string room) =>
        System.IO.Directory.EnumerateFiles(Directory(room), "*.cs", SearchOption.AllDirectories)
            .Where(f => !Made().IsMatch(Path.GetRelativePath(Directory(room), f)));

    [GeneratedRegex(@"^(bin|obj|node_modules)[/\\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();
}
