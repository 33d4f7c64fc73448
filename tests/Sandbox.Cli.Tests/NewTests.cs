namespace Sandbox.Cli.Tests;

/// <summary><c>sandbox new</c>.</summary>
public sealed class NewTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_new_config_runs_as_it_is()
    {
        (await Workplace.RunAsync("new", "config", "a/mine")).Code.ShouldBe(0);

        (await Workplace.RunAsync("run", "a/mine/sandbox.yaml")).Code.ShouldBe(0);

        File.ReadAllLines(Path.Combine(_place.Root, "outputs", "mine", "iter_1", "processed.jsonl")).Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("component", "Vowel-Share", "small letters, digits and _")]
    [InlineData("hook", "Count Rows", "letters and digits")]
    [InlineData("config", "a/9mine", "begins with a letter")]
    [InlineData("config", "home", "is there already")]
    public async Task A_name_that_cannot_be_one_is_refused(string what, string name, string told)
    {
        _place.Write("home/something", string.Empty);

        var end = await Workplace.RunAsync("new", what, name);

        end.Code.ShouldBe(2);
        end.All.ShouldContain(told);
    }
}
