using System.Diagnostics;
using Sandbox.Environments.Python;
using Sandbox.Environments.Python.Tools;
using Shouldly;

namespace Sandbox.Environments.Tests.Python;

public class HalfMadeTests : IDisposable
{
    private readonly EnvironmentSite _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task What_a_dead_process_left_half_made_is_made_again_and_its_program_ended_first()
    {
        StandIns.Use();
        var spec = new EnvironmentSpec { Manager = "uv", Name = _site.At("env") };
        using var leftOver = Process.Start("sleep", "600");
        var half = Directory.CreateDirectory(Path.Combine(_site.At("env"), "lib"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "half"), "");
        using (var journal = await EnvironmentJournal.OpenAsync(_site.State, EnvironmentTool.Of(spec).Identity, TimeProvider.System, () => { }, CancellationToken.None))
        {
            journal.Write(new EnvironmentRecord
            {
                Manager = "uv", Identity = spec.Name!, State = EnvironmentRecord.Creating, MadeHere = true, Since = DateTimeOffset.UtcNow,
                Pid = leftOver.Id, PidSince = new DateTimeOffset(leftOver.StartTime),
            });
        }

        await _site.PrepareAsync(spec);

        leftOver.HasExited.ShouldBeTrue();
        Directory.Exists(half.FullName).ShouldBeFalse();
        _site.Environments.Known().ShouldHaveSingleItem().State.ShouldBe(EnvironmentRecord.Ready);
    }

    [Fact]
    public async Task A_process_that_only_has_the_number_of_the_dead_one_lives_on()
    {
        StandIns.Use();
        var spec = new EnvironmentSpec { Manager = "uv", Name = _site.At("env") };
        using var stranger = Process.Start("sleep", "600");
        using (var journal = await EnvironmentJournal.OpenAsync(_site.State, EnvironmentTool.Of(spec).Identity, TimeProvider.System, () => { }, CancellationToken.None))
        {
            journal.Write(new EnvironmentRecord
            {
                Manager = "uv", Identity = spec.Name!, State = EnvironmentRecord.Creating, MadeHere = true, Since = DateTimeOffset.UtcNow,
                Pid = stranger.Id, PidSince = new DateTimeOffset(stranger.StartTime.AddHours(-1)),
            });
        }

        await _site.PrepareAsync(spec);
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task What_somebody_else_put_there_is_never_deleted()
    {
        StandIns.Use();
        var theirs = Path.Combine(Directory.CreateDirectory(_site.At("data")).FullName, "precious.txt");
        await File.WriteAllTextAsync(theirs, "precious");
        var spec = new EnvironmentSpec { Manager = "uv", Name = _site.At("data") };
        (await Should.ThrowAsync<EnvironmentException>(_site.PrepareAsync(spec))).Message.ShouldContain("somebody else");
        await Should.ThrowAsync<EnvironmentException>(_site.Environments.RemoveAsync(spec, _site.Tell, CancellationToken.None));
        File.Exists(theirs).ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_ends_the_program_and_leaves_it_for_another_time()
    {
        StandIns.Use();
        using var stop = new CancellationTokenSource();
        var spec = new EnvironmentSpec { Manager = "uv", Name = _site.At("slow-env") };
        var work = _site.Environments.PrepareAsync(spec, [], line => { if (line == "slow") { stop.Cancel(); } }, stop.Token);
        await Should.ThrowAsync<OperationCanceledException>(work);
        _site.Environments.Known().ShouldHaveSingleItem().State.ShouldBe(EnvironmentRecord.Creating);
    }
}
