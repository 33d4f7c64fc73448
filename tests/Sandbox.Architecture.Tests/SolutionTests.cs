using System.Text.RegularExpressions;
using Sandbox.Testing;

namespace Sandbox.Architecture.Tests;

/// <summary>Holds that what is in the repository is also built and tested.</summary>
public sealed partial class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Project().Matches(File.ReadAllText(Path.Combine(Reference.Repository, "Sandbox.Workflows.sln")))
            .Select(m => m.Groups["path"].Value.Replace('\\', '/'));

        solution.ShouldBe(Projects(), ignoreOrder: true);
    }

    [Fact]
    public void Every_room_has_its_tests()
    {
        var tested = Projects().Where(p => p.EndsWith(".Tests.csproj", StringComparison.Ordinal))
            .Select(p => Path.GetFileName(p)["Sandbox.".Length..^".Tests.csproj".Length]);

        House.Imports.Keys.ShouldBeSubsetOf(tested);
    }

    [Fact]
    public void Every_room_documents_what_it_shows_to_others()
    {
        // The compiler refuses undocumented public members where the documentation file is made; nobody may hush it.
        var properties = File.ReadAllText(Path.Combine(Reference.Repository, "Directory.Build.props"));
        properties.ShouldContain("<GenerateDocumentationFile>true</GenerateDocumentationFile>");
        properties.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        var hushed = House.Imports.Keys.SelectMany(House.SourceFiles)
            .Concat(Projects().Where(p => p.StartsWith("src/", StringComparison.Ordinal)))
            .Select(f => Path.Combine(Reference.Repository, f))
            .Where(f => File.ReadAllText(f).Contains("CS1591", StringComparison.Ordinal));
        hushed.ShouldBeEmpty();
    }

    private static IEnumerable<string> Projects() =>
        new[] { "src", "tests" }
            .SelectMany(top => Directory.GetDirectories(Path.Combine(Reference.Repository, top)))
            .SelectMany(d => Directory.GetFiles(d, "*.csproj"))
            .Select(f => Path.GetRelativePath(Reference.Repository, f).Replace('\\', '/'));

    [GeneratedRegex(@"""(?<path>[^""]+\.csproj)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();
}
