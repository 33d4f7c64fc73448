using System.Diagnostics;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Environments that several processes want, or that a dead one left behind.</summary>
public sealed class EnvironmentCommandTests : IDisposable
{
    private readonly Site _site = new();

    public EnvironmentCommandTests() => _site.Set("XDG_DATA_HOME", _site["data-home"]);

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Processes_that_want_the_same_environment_make_it_once()
    {
        using var first = _site.Start("env", "create", "./env");
        using var second = _site.Start("env", "create", "./env");
        var ends = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        foreach (var end in ends)
        {
            end.Succeeded();
        }

        ends.Count(e => e.Error.Contains("Making the environment", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_killed_process_left_half_made_is_made_again()
    {
        using var killed = _site.Start("env", "create", "./env");
        while (!Creating())
        {
            await Task.Delay(10);
        }

        using (var process = Process.GetProcessById(killed.ProcessId))
        {
            process.Kill();
        }

        await killed.EndAsync();
        (await _site.RunAsync("env", "list")).Succeeded().Output.ShouldContain("half-made");

        var end = (await _site.RunAsync("env", "create", "./env")).Succeeded();

        end.Error.ShouldContain("it is made again");
        (await _site.RunAsync("env", "run", "./env", "--", "python", "-m", "pip", "--version")).Succeeded();
    }

    private bool Creating()
    {
        try
        {
            // Before its program has made the directory there is nothing half-made.
            return Directory.Exists(_site["env"]) && Directory.EnumerateFiles(_site["data-home"], "*.json", SearchOption.AllDirectories)
                .Any(f => File.ReadAllText(f).Contains("\"pid\": ", StringComparison.Ordinal) && !File.ReadAllText(f).Contains("\"pid\": null", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false; // not there yet, or just replaced
        }
    }
}
