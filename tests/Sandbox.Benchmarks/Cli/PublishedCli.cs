using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Cli;

/// <summary>The command line as published, and a program of the same kind that only says hello.</summary>
/// <param name="Sandbox">The executable <c>sandbox</c>.</param>
/// <param name="Hello">The executable that says hello.</param>
internal sealed record PublishedCli(string Sandbox, string Hello)
{
    private const string HelloProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <PropertyGroup Condition="'$(_IsPublishing)' == 'true'">
            <PublishReadyToRun>true</PublishReadyToRun>
            <SelfContained>false</SelfContained>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Both, as an earlier call of <see cref="CreateAsync"/> published them there.</summary>
    public static PublishedCli At(string directory) =>
        new(Path.Combine(directory, "sandbox", "sandbox"), Path.Combine(directory, "hello", "hello"));

    /// <summary>Publishes both.</summary>
    public static async Task<PublishedCli> CreateAsync(string directory)
    {
        var (sandbox, hello) = (Path.Combine(directory, "sandbox"), Path.Combine(directory, "hello"));
        await PublishAsync(Path.Combine(Repository.Root, "src", "Sandbox.Cli"), sandbox);
        var source = Directory.CreateDirectory(Path.Combine(directory, "source", "hello")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "hello.csproj"), HelloProject);
        await File.WriteAllTextAsync(Path.Combine(source, "Program.cs"), "System.Console.WriteLine(\"hello\");");
        await PublishAsync(source, hello);
        return At(directory);
    }

    private static Task<long> PublishAsync(string project, string output) =>
        ChildProcess.RunAsync(project, "dotnet", "publish", "-c", "Release", "-o", output, "-p:RunAnalyzers=false", "-nodeReuse:false");
}
