using Sandbox.Core.Faults;
using Sandbox.Server.Tests.Testing;
using Sandbox.Workflows.Operations;

namespace Sandbox.Server.Tests.Operations;

/// <summary>Backup, restore and retention, while the server runs.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(null, "--Sandbox:KeepRuns", "2");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_backup_taken_while_runs_go_on_comes_back_whole()
    {
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        var first = await _server.RunAsync("line");
        await _server.EndAsync(first);
        var running = Enumerable.Range(0, 10).Select(_ => _server.RunAsync("line")).ToList();
        var backup = (await _server.PostAsync("/api/admin/backup"))["path"]!.GetValue<string>();
        foreach (var id in await Task.WhenAll(running))
        {
            await _server.EndAsync(id);
        }

        await TestServer.UntilAsync(
            () => _server.GetAsync("/elsa/api/workflow-instances"), p => p["items"]!.AsArray().All(i => !i!["isExecuting"]!.GetValue<bool>()));
        await _server.SaveAsync(Definitions.Flow("later", Definitions.Line("a")));
        await _server.App.Services.GetRequiredService<HomeBackups>().RestoreAsync(backup, CancellationToken.None);

        (await _server.GetAsync("/elsa/api/workflow-definitions?versionOptions=Latest"))["totalCount"]!.GetValue<int>().ShouldBe(1);
        (await _server.EndAsync(first)).ShouldBe("Finished");
        (await _server.EndAsync(await _server.RunAsync("line"))).ShouldBe("Finished");
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_and_nothing_changes()
    {
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        var backups = _server.App.Services.GetRequiredService<HomeBackups>();
        var file = Path.Combine(_server.Root, "no.db");
        await File.WriteAllTextAsync(file, "this is no database, however long the text may be, and it goes on");

        await Should.ThrowAsync<FaultException>(() => backups.RestoreAsync(file, CancellationToken.None));
        await Should.ThrowAsync<FaultException>(() => backups.RestoreAsync(Path.Combine(_server.Root, "gone.db"), CancellationToken.None));

        (await _server.GetAsync("/elsa/api/workflow-definitions?versionOptions=Latest"))["totalCount"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Runs_past_the_number_to_keep_are_removed_with_their_files()
    {
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await _server.RunAsync("line"));
            await _server.EndAsync(ids[^1]);
        }

        var retention = _server.App.Services.GetServices<IHostedService>().OfType<Sandbox.Server.Operations.Retention>().Single();
        await TestServer.UntilAsync(
            async () =>
            {
                await retention.TidyAsync(CancellationToken.None);
                return await _server.GetAsync("/elsa/api/workflow-instances");
            },
            p => p["totalCount"]!.GetValue<int>() == 2);

        (await _server.GetAsync("/elsa/api/workflow-instances"))["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>())
            .ShouldBe(ids.Skip(2), ignoreOrder: true);
        Directory.Exists(Path.Combine(_server.Home, "runs", ids[0])).ShouldBeFalse();
    }
}
