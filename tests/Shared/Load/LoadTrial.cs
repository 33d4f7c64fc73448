using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Testing.Serving;

namespace Sandbox.Testing.Load;

/// <summary>Runs started by HTTP all at once while clients poll and listen, <c>sandbox run</c> works beside the server, and a
/// backup is taken in the middle.</summary>
/// <param name="server">The server, <c>Sandbox.Server.dll</c>.</param>
/// <param name="sandbox">The command, <c>sandbox.dll</c>.</param>
/// <param name="time">The clock of the figures.</param>
internal sealed class LoadTrial(string server, string sandbox, TimeProvider time)
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(10);
    private const int IdleRounds = 20;

    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _runs = new();
    private readonly ConcurrentQueue<double> _starts = new();

    public async Task<LoadOutcome> RunAsync(LoadSize size)
    {
        using var site = new LoadSite(sandbox);
        var definition = await site.DefinitionAsync();

        // A run of the command line that is slow to begin must not be taken for an abandoned one.
        using var process = await ServerProcess.StartAsync(
            server, site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal), "--Sandbox:TakeUpAfter", "1h");
        await process.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = definition, ["publish"] = true });
        var idle = await IdleAsync(process);
        var listeners = new Listeners();
        await listeners.ConnectAsync(process.Address, size.Listeners);
        var polls = new Pollers(process.Http, time);
        using var stop = new CancellationTokenSource();
        var polling = polls.RunAsync(size.Pollers, stop.Token);

        var begin = time.GetTimestamp();
        var beside = TimedAsync(() => site.RunAsync("run", "beside.yaml"));
        var starting = Enumerable.Range(0, size.Runs).Select(i => StartAsync(process, polls, listeners, i)).ToList();
        await Task.WhenAny(starting.Skip(size.Runs / 2));
        string[] before = [.. _runs];
        var backup = string.Empty;
        var backupTook = TimedAsync(async () => backup = (await process.PostAsync("/api/admin/backup"))["path"]!.GetValue<string>());
        await Task.WhenAll(starting);
        await EndAsync(process, size.Runs + 1);
        var ended = time.GetElapsedTime(begin).TotalSeconds;
        var (backupSeconds, besideSeconds) = (await backupTook, await beside);
        await ToldAsync(listeners);
        await stop.CancelAsync();
        await polling;
        await listeners.DisposeAsync();
        Expect(await process.StopAsync() == 0, "The server did not stop by itself.");
        ReadLog(process.Log);

        string[] faults =
        [
            .. _faults, .. polls.Faults, .. listeners.Faults, .. await LoadLedger.FaultsAsync(site.Database, _runs),
            .. await LoadLedger.BackupFaultsAsync(backup, before),
        ];
        return new LoadOutcome(faults, [.. _starts], ended, polls.Seconds, idle, backupSeconds, besideSeconds);
    }

    private async Task StartAsync(ServerProcess process, Pollers polls, Listeners listeners, int number)
    {
        // All at once, and not one after another on the thread that begins.
        await Task.Yield();
        var begin = time.GetTimestamp();
        using var answer = await process.Http.PostAsync("/workflows/load", new StringContent("{}", Encoding.UTF8, "application/json"));
        _starts.Enqueue(time.GetElapsedTime(begin).TotalSeconds);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            _faults.Enqueue($"A start was answered {(int)answer.StatusCode}: {text}");
            return;
        }

        var id = JsonNode.Parse(text)!["workflowInstanceId"]!.GetValue<string>();
        _runs.Enqueue(id);
        polls.Add(id);
        await listeners.ObserveAsync(number, id);
    }

    private async Task<IReadOnlyList<double>> IdleAsync(ServerProcess process)
    {
        var polls = new Pollers(process.Http, time);
        using var stop = new CancellationTokenSource();
        var polling = polls.RunAsync(1, stop.Token);
        await UntilAsync(() => Task.FromResult(polls.Seconds.Count >= IdleRounds), "The idle server does not answer.");
        await stop.CancelAsync();
        await polling;
        return [.. polls.Seconds.Skip(IdleRounds / 2)];
    }

    private Task EndAsync(ServerProcess process, int runs) => UntilAsync(
        async () => (await process.GetAsync("/elsa/api/workflow-instances?status=Finished&pageSize=1"))["totalCount"]!.GetValue<int>() >= runs,
        "Not all runs ended.");

    private Task ToldAsync(Listeners listeners) =>
        UntilAsync(() => Task.FromResult(_runs.All(id => listeners.Told(id) > 0)), "Of a run that was listened to, nothing was told.");

    private async Task UntilAsync(Func<Task<bool>> isSo, string otherwise)
    {
        var begin = time.GetTimestamp();
        while (!await isSo())
        {
            if (time.GetElapsedTime(begin) > Ceiling)
            {
                _faults.Enqueue(otherwise);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
    }

    private async Task<double> TimedAsync(Func<Task> act)
    {
        var begin = time.GetTimestamp();
        try
        {
            await act();
        }
        catch (InvalidOperationException e)
        {
            _faults.Enqueue(e.Message);
        }

        return time.GetElapsedTime(begin).TotalSeconds;
    }

    private void ReadLog(string log)
    {
        foreach (var line in log.Split('\n').Where(l => l.Contains(" ERR]", StringComparison.Ordinal) || l.Contains("locked", StringComparison.OrdinalIgnoreCase)))
        {
            _faults.Enqueue($"The server's log: {line.Trim()}");
        }
    }

    private void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            _faults.Enqueue(otherwise);
        }
    }
}
