using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;

namespace Sandbox.Environments.Tests;

public sealed class HostProbeTests
{
    [Fact]
    public async Task The_machine_is_described_and_absent_programs_leave_gaps()
    {
        var directory = Directory.CreateTempSubdirectory("sandbox-host-").FullName;
        var host = await new HostProbe(new ShortCommandRunner()).DescribeAsync(directory, CancellationToken.None);
        Directory.Delete(directory);
        host.ProcessorCount.ShouldBeGreaterThan(0);
        host.MemoryBytes.ShouldBeGreaterThan(0);
        host.GitRevision.ShouldBeNull();
        host.ToJson()["operatingSystem"]!.GetValue<string>().ShouldBe(host.OperatingSystem);
    }

    [Fact]
    public async Task A_repository_gives_its_revision_and_says_when_files_were_changed()
    {
        var directory = Directory.CreateTempSubdirectory("sandbox-host-").FullName;
        await GitAsync(directory, "init", "--quiet");
        await File.WriteAllTextAsync(Path.Combine(directory, "a.txt"), "one");
        await GitAsync(directory, "add", "a.txt");
        await GitAsync(directory, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "one");
        var probe = new HostProbe(new ShortCommandRunner());

        var clean = await probe.DescribeAsync(directory, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(directory, "a.txt"), "two");
        var dirty = await probe.DescribeAsync(directory, CancellationToken.None);

        Directory.Delete(directory, recursive: true);
        clean.GitRevision!.Length.ShouldBe(40);
        dirty.GitRevision.ShouldBe(clean.GitRevision + "-dirty");
    }

    [Fact]
    public void The_list_of_nvidia_smi_is_read() =>
        HostProbe.ParseGpus("NVIDIA A100-SXM4-80GB, 81920, 535.104.05\nTesla T4, [N/A], 535.104.05\n").ShouldBe(
        [
            new GpuDescription("NVIDIA A100-SXM4-80GB", 81920, "535.104.05"),
            new GpuDescription("Tesla T4", null, "535.104.05"),
        ]);

    private static async Task GitAsync(string directory, params string[] arguments) =>
        (await new ShortCommandRunner().RunAsync(new ShortCommand("git", arguments) { WorkingDirectory = directory }, CancellationToken.None))
            .ExitCode.ShouldBe(0);
}
