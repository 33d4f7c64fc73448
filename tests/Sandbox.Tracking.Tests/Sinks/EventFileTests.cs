using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Testing;
using Sandbox.Tracking.Sinks.TensorBoard;

namespace Sandbox.Tracking.Tests.Sinks;

public sealed class EventFileTests
{
    private const string Folder = "upstream-runs/trackers/tensorboard/scalars";

    [Theory]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("", 0x00000000)]
    public void The_checksum_has_the_published_values(string text, uint expected) => EventFile.Crc32C(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);

    // RFC 3720, B.4.
    [Theory]
    [InlineData(0x00, 0x8A9136AA)]
    [InlineData(0xFF, 0x62A8AB43)]
    public void The_checksum_has_the_values_of_the_iscsi_standard(byte value, uint expected) =>
        EventFile.Crc32C(Enumerable.Repeat(value, 32).ToArray()).ShouldBe(expected);

    [ReferenceFact(Folder)]
    public void Scalars_are_byte_for_byte_what_the_real_program_wrote()
    {
        var decoded = Directory.EnumerateFiles(Reference.Find(Folder)!, "*.decoded.json").Single();
        var records = JsonNode.Parse(File.ReadAllText(decoded))!["records"]!.AsArray();
        var expected = File.ReadAllBytes(decoded[..^".decoded.json".Length]);
        records.Count.ShouldBeGreaterThan(5);
        var compared = 0;
        foreach (var record in records)
        {
            var e = record!["event"]!;
            var time = e["wall_time"]!.GetValue<double>();
            byte[]? data = null;
            if (e["file_version"] is not null)
            {
                data = TensorBoardEvents.Version(time, e["source_metadata"]!["writer"]!.GetValue<string>()).ToArray();
            }
            else if (e["summary"]?["value"] is JsonArray { Count: 1 } values && values[0]!["simple_value"] is { } simple)
            {
                var value = simple.GetValueKind() == System.Text.Json.JsonValueKind.String
                    ? simple.GetValue<string>() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, _ => double.NegativeInfinity }
                    : simple.GetValue<double>();
                data = TensorBoardEvents.Scalar(time, long.Parse(e["step"]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture), values[0]!["tag"]!.GetValue<string>(), value).ToArray();
            }

            if (data is null)
            {
                continue;
            }

            using var file = new MemoryStream();
            EventFile.Append(file, data);
            var offset = record["offset"]!.GetValue<int>();
            Convert.ToHexString(file.ToArray()).ShouldBe(Convert.ToHexString(expected.AsSpan(offset, record["length"]!.GetValue<int>() + 16)), $"record at {offset}");
            compared++;
        }

        compared.ShouldBeGreaterThan(5);
    }
}
