using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Sandbox.Testing;

namespace Sandbox.Architecture.Tests;

/// <summary>Holds the walls of the house: who may import whom.</summary>
public sealed partial class ImportTests
{
    public static TheoryData<string> Rooms => House.Rooms;

    [Fact]
    public void Every_folder_of_src_is_a_room_of_the_house()
    {
        var folders = Directory.GetDirectories(Path.Combine(Reference.Repository, "src")).Select(Path.GetFileName);

        folders.ShouldBe(House.Imports.Keys.Select(r => $"Sandbox.{r}"), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_rooms_project_refers_to_exactly_what_the_table_allows(string room) =>
        House.ProjectReferences(room).ShouldBe(House.Imports[room], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_compiled_room_refers_to_no_room_outside_the_table(string room) =>
        Referenced(House.Assembly(room)).ShouldBeSubsetOf(House.Imports[room]);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_sources_of_a_room_name_no_room_outside_the_table(string room)
    {
        string[] allowed = [.. House.Imports[room], room];
        var strangers =
            from file in House.SourceFiles(room)
            from Match match in Using().Matches(File.ReadAllText(file))
            let other = match.Groups["room"].Value
            where House.Imports.ContainsKey(other) && !allowed.Contains(other, StringComparer.Ordinal)
            select $"{file}: {match.Value.Trim()}";

        strangers.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_source_file_lies_in_the_folder_of_its_namespace_or_below(string room)
    {
        var strangers =
            from file in House.SourceFiles(room)
            let match = Namespace().Match(File.ReadAllText(file))
            let folder = Path.GetRelativePath(House.Directory(room), Path.GetDirectoryName(file)!)
            let place = folder == "." ? $"Sandbox.{room}." : $"Sandbox.{room}.{folder.Replace(Path.DirectorySeparatorChar, '.')}."
            where match.Success && !place.StartsWith($"{match.Groups["name"].Value}.", StringComparison.Ordinal)
            select $"{file}: {match.Groups["name"].Value}";

        strangers.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_imported_from_above() =>
        House.Imports.Keys.Select((room, floor) => (room, below: House.Imports.Keys.Take(floor)))
            .Where(r => House.Imports[r.room].Except(r.below, StringComparer.Ordinal).Any())
            .ShouldBeEmpty();

    [Fact]
    public void The_table_in_the_documentation_is_the_one_that_is_held()
    {
        var page = File.ReadAllText(Path.Combine(Reference.Repository, "docs", "architecture.md"));
        var table = TableRow().Matches(page).ToDictionary(
            m => m.Groups["room"].Value,
            m => m.Groups["imports"].Value.Split(',', StringSplitOptions.TrimEntries).Where(i => i != "–").ToArray(),
            StringComparer.Ordinal);

        table.Keys.ShouldBe(House.Imports.Keys);
        foreach (var (room, imports) in table)
        {
            imports.ShouldBe(House.Imports[room], ignoreOrder: true, customMessage: room);
        }
    }

    private static IEnumerable<string> Referenced(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))
            .Where(n => n.StartsWith("Sandbox.", StringComparison.Ordinal))
            .Select(n => n["Sandbox.".Length..])];
    }

    [GeneratedRegex(
        @"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?Sandbox\.(?<room>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^\| `src/Sandbox\.(?<room>\w+)` \|.*\| (?<imports>[^|]+?) \|\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableRow();
}
