using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Tests.Jobs;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData(" 1.5 m ", 90)]
    [InlineData("12H", 43200)]
    [InlineData("2d", 172800)]
    [InlineData("90", 90)]
    [InlineData("01:00:05", 3605)]
    public void A_duration_is_read_as_people_write_it(string text, double seconds)
    {
        Durations.TryParse(text, out var span).ShouldBeTrue();
        span.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("-01:00:00")]
    [InlineData("1e400s")]
    [InlineData("99999999999999d")]
    public void What_is_no_duration_is_refused(string? text) => Durations.TryParse(text, out _).ShouldBeFalse();
}
