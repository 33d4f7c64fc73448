using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Sandbox.Server.Tests.Operations;

/// <summary>Holds the container's files to what they name: no Docker daemon runs where these tests do.</summary>
public sealed partial class ContainerFilesTests
{
    [Fact]
    public void Every_path_that_the_dockerfile_copies_is_there()
    {
        var sources = Copy().Matches(Read("Dockerfile")).SelectMany(m => m.Groups["paths"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)).ToList();

        sources.ShouldNotBeEmpty();
        sources.Where(s => !Path.Exists(Path.Combine(Reference.Repository, s))).ShouldBeEmpty();
        foreach (Match project in Project().Matches(Read("Dockerfile")))
        {
            Directory.Exists(Path.Combine(Reference.Repository, project.Groups["path"].Value)).ShouldBeTrue(project.Value);
        }
    }

    [Fact]
    public void The_compose_file_builds_from_it_and_keeps_the_home_on_a_volume()
    {
        var compose = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, object>>>(Read("docker-compose.yml"));

        var service = (Dictionary<object, object>)compose["services"]["sandbox"];
        var build = (Dictionary<object, object>)service["build"];
        File.Exists(Path.Combine(Reference.Repository, (string)build["context"], (string)build["dockerfile"])).ShouldBeTrue();
        var home = (string)((Dictionary<object, object>)service["environment"])["SANDBOX_HOME"];
        var volumes = ((List<object>)service["volumes"]).Cast<string>().Select(v => v.Split(':')).ToList();
        volumes.ShouldContain(v => v[1] == home && compose["volumes"].ContainsKey(v[0]));
        volumes.Where(v => v[0].StartsWith("./", StringComparison.Ordinal))
            .ShouldAllBe(v => Directory.Exists(Path.Combine(Reference.Repository, v[0])));
        Read("Dockerfile").ShouldContain($"VOLUME {home}");
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Reference.Repository, file));

    [GeneratedRegex(@"^COPY (?!--from)(?<paths>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copy();

    [GeneratedRegex(@"publish (?<path>src/\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Project();
}
