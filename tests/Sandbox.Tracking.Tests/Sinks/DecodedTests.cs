using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Tracking.Sinks;
using Sandbox.Tracking.Sinks.TensorBoard;
using Sandbox.Tracking.Sinks.Wandb;

namespace Sandbox.Tracking.Tests.Sinks;

/// <summary>What <c>protoc --decode_raw</c>, which knows nothing of these tools, reads in the files of a run.</summary>
public sealed class DecodedTests : TrackingFixture
{
    private static readonly SinkRun Run = new("run", "demo", "first", null, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task Every_record_of_a_wandb_file_is_a_message()
    {
        var directory = await WriteAsync(d => new WandbSink(d, null, null));
        var bytes = File.ReadAllBytes(Directory.GetFiles(directory, "*.wandb", SearchOption.AllDirectories).Single());
        var records = Chunks(bytes).ToList();
        var texts = new List<string>();
        foreach (var record in records)
        {
            texts.Add(await DecodeAsync(record));
        }

        // Header, run, a change of the config, the history, the summary, the end.
        texts.Select(t => t.Split(' ', ':')[0]).ShouldBe(["21", "17", "5", "2", "2", "2", "3", "18"]);
        texts[1].ShouldContain("1: \"run\"");
        texts[3].ShouldContain("16: \"0.5\"");
        texts[4].ShouldContain("16: \"NaN\"");
    }

    [Fact]
    public async Task Every_record_of_an_event_file_is_a_message()
    {
        var directory = await WriteAsync(d => new TensorBoardSink(d));
        var bytes = File.ReadAllBytes(Directory.GetFiles(directory, "events.*", SearchOption.AllDirectories).Single());
        var texts = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            texts.Add(await DecodeAsync(bytes[(at + 12)..(at + 12 + length)]));
            at += 16 + length;
        }

        texts.Count.ShouldBe(4);
        texts[0].ShouldContain("3: \"brain.Event:2\"");
        texts[1].ShouldContain("1: \"train/loss\"");
        texts[1].ShouldContain("2: 0x3f000000");
        texts[2].ShouldContain("2: 7");
    }

    private async Task<string> WriteAsync(Func<string, IMetricSink> make)
    {
        var watcher = Watcher();
        watcher.WatchConfigs("main.train", new JsonObject { ["lr"] = 0.5 });
        foreach (var (value, step) in new[] { (0.5, 1), (double.NaN, 7), (-1e9, 8) })
        {
            watcher.Log("train.loss", value, step);
        }

        await WriteAsync(watcher.Drain(AttemptStanding.Running));
        var directory = Path.Combine(Path.GetDirectoryName(DatabasePath)!, "out");
        await using var pump = new SinkPump(Store.Progress, Run, [new NamedSink("tool", make(directory))], Time, NullLogger.Instance);
        (await pump.FinishAsync(0)).ShouldBeEmpty();
        return directory;
    }

    // So few bytes lie in one block, each record in one chunk.
    private static IEnumerable<byte[]> Chunks(byte[] file)
    {
        for (var at = 7; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 4));
            file[at + 6].ShouldBe((byte)1);
            yield return file[(at + 7)..(at + 7 + length)];
            at += 7 + length;
        }
    }

    private static async Task<string> DecodeAsync(byte[] message)
    {
        using var protoc = Process.Start(new ProcessStartInfo("protoc", ["--decode_raw"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await protoc.StandardInput.BaseStream.WriteAsync(message);
        protoc.StandardInput.Close();
        var (text, error) = (await protoc.StandardOutput.ReadToEndAsync(), await protoc.StandardError.ReadToEndAsync());
        await protoc.WaitForExitAsync();
        protoc.ExitCode.ShouldBe(0, error);
        return text;
    }
}
