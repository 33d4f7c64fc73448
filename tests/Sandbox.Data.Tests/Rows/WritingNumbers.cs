using System.Globalization;
using System.Text;
using System.Text.Json;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Tests.Rows;

public sealed class WritingNumbers
{
    [Fact]
    public void Rounded_numbers_are_the_shortest_text_of_ten_decimals()
    {
        var random = new Random(11);
        foreach (var value in Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-12, 9)) * (random.Next(2) * 2 - 1)).Append(0).Append(-0.0).Append(1).Append(99999.99999999999))
        {
            var expected = Math.Abs(value) < 1e5 ? Math.Round(value, 10) : value;
            var text = Write(value);
            var read = double.Parse(text, CultureInfo.InvariantCulture);
            Math.Abs(read - expected).ShouldBeLessThanOrEqualTo(1e-10 * Math.Max(1, Math.Abs(expected)), text);
            if (Math.Abs(value) < 1e4)
            {
                PythonNumber.Repr(read).ShouldBe(text);
            }
        }
    }

    [Fact]
    public void Texts_are_written_as_a_reader_reads_them()
    {
        foreach (var text in new[] { "", "plain", "\"\\/\b\f\n\r\t\u0001\u001f\u007f", "ü漢👩\u2028" })
        {
            using var buffer = new PooledBuffer(64);
            JsonText.Write(Encoding.UTF8.GetBytes(text), buffer);
            JsonSerializer.Deserialize<string>(buffer.Written.Span).ShouldBe(text);
            Encoding.UTF8.GetString(JsonText.Unescape(JsonSerializer.SerializeToUtf8Bytes(text)).Span).ShouldBe(text);
        }
    }

    private static string Write(double value)
    {
        using var buffer = new PooledBuffer(64);
        StatValue.Of(value).Write(buffer, rounded: true);
        return Encoding.ASCII.GetString(buffer.Written.Span);
    }
}
