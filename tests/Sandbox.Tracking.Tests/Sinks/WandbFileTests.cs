using System.Buffers.Binary;
using Sandbox.Testing;
using Sandbox.Tracking.Sinks;
using Sandbox.Tracking.Sinks.Wandb;

namespace Sandbox.Tracking.Tests.Sinks;

public sealed class WandbFileTests
{
    private const string Folder = "upstream-runs/trackers/wandb";

    [ReferenceFact(Folder)]
    public void Files_of_the_real_program_are_framed_byte_for_byte_the_same()
    {
        var files = Directory.EnumerateFiles(Reference.Find(Folder)!, "*.wandb", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(f))!).StartsWith("cut-", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(40);
        var (same, framed) = (0, 0);
        foreach (var path in files)
        {
            var bytes = File.ReadAllBytes(path);
            if (Records(bytes) is not { } records)
            {
                // Damaged on purpose, or not of this version.
                continue;
            }

            using var file = new MemoryStream();
            WandbFile.Begin(file);
            records.ForEach(r => WandbFile.Append(file, r));
            framed++;
            same += file.ToArray().AsSpan().SequenceEqual(bytes) ? 1 : 0;
        }

        framed.ShouldBeGreaterThan(40);
        same.ShouldBe(framed);
    }

    [ReferenceFact(Folder + "/minimal")]
    public void Records_are_byte_for_byte_those_that_the_real_sync_took()
    {
        Same("smallest", "me", Run("me"), Row(0, "0.5"), Row(3, "0.25"), WandbRecords.Exit(0));
        Same("header-first", "mb", WandbRecords.Header("demo"));
        Same("summary-only", "mq", Run("mq"), WandbRecords.Summary([KeyValuePair.Create("best", "0.125")]), WandbRecords.Exit(3));
        Same("config-record", "mp", Run("mp"), WandbRecords.ConfigChange([KeyValuePair.Create("lr", "0.5")]), WandbRecords.Exit(0));
        Same(
            "nan-text", "nb", Run("nb"),
            WandbRecords.History(
                [Pair("a", double.NaN), Pair("b", double.NegativeInfinity), Pair("c", double.PositiveInfinity), KeyValuePair.Create("_step", "0")], 0),
            WandbRecords.Exit(0));

        static KeyValuePair<string, string> Pair(string key, double value) => KeyValuePair.Create(key, WandbRecords.Json(value));
        static Message Run(string id) => WandbRecords.Run(new WandbRun(id, "demo-project"));
        static Message Row(long step, string loss) => WandbRecords.History(
            [KeyValuePair.Create("loss", loss), KeyValuePair.Create("_step", FormattableString.Invariant($"{step}"))], step);
    }

    [Theory]
    [InlineData("123456789", 0xCBF43926)]
    public void The_checksum_is_zlibs(string text, uint expected)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        Crc32.Of(bytes[0], bytes.AsSpan(1)).ShouldBe(expected);
    }

    private static void Same(string name, string id, params Message[] records)
    {
        var folder = name == "header-first" ? "only-header-record" : name;
        var expected = File.ReadAllBytes(Reference.Find($"{Folder}/minimal/{folder}/offline-run-20231114_221320-{id}/run-{id}.wandb")!);
        using var file = new MemoryStream();
        WandbFile.Begin(file);
        foreach (var record in records)
        {
            WandbFile.Append(file, record.ToArray());
        }

        Convert.ToHexString(file.ToArray()).ShouldBe(Convert.ToHexString(expected), name);
    }

    // An independent reader of the framing; null for a file that is damaged.
    private static List<byte[]>? Records(byte[] bytes)
    {
        if (bytes.Length < 7 || bytes[4] != 0xE1 || bytes[5] != 0xBE || bytes[6] != 0)
        {
            return null;
        }

        var (records, open) = (new List<byte[]>(), new List<byte>());
        for (var at = 7; at < bytes.Length;)
        {
            var left = 32768 - (at % 32768);
            if (left < 7)
            {
                at += left;
                continue;
            }

            if (at + 7 > bytes.Length)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 4));
            var type = bytes[at + 6];
            if (type is < 1 or > 4 || at + 7 + length > bytes.Length
                || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != Crc32.Of(type, bytes.AsSpan(at + 7, length)))
            {
                return null;
            }

            open.AddRange(bytes.AsSpan(at + 7, length));
            if (type is 1 or 4)
            {
                records.Add([.. open]);
                open.Clear();
            }

            at += 7 + length;
        }

        return open.Count == 0 ? records : null;
    }
}
