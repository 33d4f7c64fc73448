using System.Diagnostics;
using System.Globalization;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class ManyProcessesTests : IDisposable
{
    private readonly EngineFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Processes_that_start_at_once_share_a_new_file()
    {
        var children = Enumerable.Range(0, 3).Select(_ => SavingProcess.Start(_file.Path, "d", "10")).ToList();

        foreach (var child in children)
        {
            await child.WaitForExitAsync();
            child.ExitCode.ShouldBe(0, await child.StandardError.ReadToEndAsync());
            child.Dispose();
        }

        var all = await AllVersions();
        all.Select(v => v.Version).ShouldBe(Enumerable.Range(1, 30));
        (all.Count(v => v.IsLatest), all.Count(v => v.IsPublished)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_a_killed_process_has_reported_as_saved_is_there_and_nothing_is_half_done()
    {
        using var child = SavingProcess.Start(_file.Path, "d", "1000000");
        var reported = 0;
        while (reported < 5 && await child.StandardOutput.ReadLineAsync() is { } line)
        {
            reported = int.Parse(line, CultureInfo.InvariantCulture) + 1;
        }

        child.Kill();
        await child.WaitForExitAsync();

        var all = await AllVersions();
        all.Count.ShouldBeGreaterThanOrEqualTo(reported);
        (all.Count(v => v.IsLatest), all.Count(v => v.IsPublished)).ShouldBe((1, 1));
        (await _file.Store().SaveAsync(new SaveDefinition(TestActivities.Definition("d", "after")), CancellationToken.None))
            .Definition.Version.ShouldBe(all.Count + 1);
    }

    private async Task<IReadOnlyList<DefinitionSummary>> AllVersions() =>
        (await _file.Store().ListAsync(
            new DefinitionFilter { Versions = VersionOptions.AllVersions, OrderBy = DefinitionOrder.Version }, CancellationToken.None)).Items;
}

/// <summary>The test program as a process that saves one version after another and says each that it saved.</summary>
internal static class SavingProcess
{
    public const string Role = "save-definitions";

    public static Process Start(params string[] arguments)
    {
        var host = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet";
        var start = new ProcessStartInfo(host) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(SavingProcess).Assembly.Location, Role, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var database = new EngineDatabase(new EngineStoreOptions { DatabasePath = arguments[0] }, TimeProvider.System);
        var store = new DefinitionStore(database, new DefinitionValidator(TestActivities.Registry()));
        for (var i = 0; i < int.Parse(arguments[2], CultureInfo.InvariantCulture); i++)
        {
            var definition = TestActivities.Definition(arguments[1], $"{Environment.ProcessId}.{i}");
            await store.SaveAsync(new SaveDefinition(definition) { Publish = true }, CancellationToken.None);
            Console.WriteLine(i);
        }

        return 0;
    }
}
