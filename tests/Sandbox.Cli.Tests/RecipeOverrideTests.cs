namespace Sandbox.Cli.Tests;

/// <summary>The settings of a recipe on the command line of <c>process</c> and <c>analyze</c>, as upstream takes them.</summary>
public sealed class RecipeOverrideTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("process", "--config", "recipe.yaml", "--np", "1", "--export_path", "other/x.jsonl", "--dataset_path", "two.jsonl")]
    [InlineData("process", "recipe.yaml", "--np=1", "--export_path=other/x.jsonl", "--dataset_path=two.jsonl")]
    public async Task Process_takes_upstreams_overrides(params string[] arguments)
    {
        _place.Write("two.jsonl", "{\"text\":\"one line of text\"}\n{\"text\":\"another line of text\"}\n");
        (await Workplace.RunAsync(arguments)).Code.ShouldBe(0);
        File.ReadLines(Path.Combine(_place.Root, "other/x.jsonl")).Count().ShouldBe(2);
        File.Exists(Path.Combine(_place.Root, "out/data.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_argument_of_an_operator_is_reached_by_dots()
    {
        (await Workplace.RunAsync("process", "--config", "recipe.yaml", "--text_length_filter.min_len", "20")).Code.ShouldBe(0);
        File.ReadLines(Path.Combine(_place.Root, "out/data.jsonl")).Count().ShouldBe(2);
        (await Workplace.RunAsync("analyze", "--config", "recipe.yaml", "--export_path", "seen/x.jsonl")).Code.ShouldBe(0);
        Directory.Exists(Path.Combine(_place.Root, "seen/analysis")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--export_pth", "x.jsonl", "Did you mean \"export_path\"?")]
    [InlineData("--np", "none", "--np: np: ")]
    [InlineData("--text_length_filter.min_length", "3", "min_length")]
    public async Task A_wrong_override_is_said_and_nothing_runs(string key, string value, string message)
    {
        var told = await Workplace.RunAsync("process", "--config", "recipe.yaml", key, value);
        told.Code.ShouldBe(2);
        told.Error.ShouldContain(message);
        Directory.Exists(Path.Combine(_place.Root, "out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_without_overrides_still_refuses_unknown_options()
    {
        var told = await Workplace.RunAsync("compile", "--config", "sandbox.yaml", "--unheard_of");
        told.Code.ShouldBe(2);
        told.Error.ShouldContain("--unheard_of");
    }

    [Fact]
    public async Task An_operator_of_the_real_data_juicer_is_told_with_the_setting_that_sends_it_there()
    {
        _place.Write("recipe.yaml", Workplace.Recipe + "  - video_duration_filter: {}\n");
        var told = await Workplace.RunAsync("process", "--config", "recipe.yaml");
        told.Code.ShouldBe(2);
        told.Error.ShouldContain("\"video_duration_filter\" needs the real Data-Juicer");
        told.Error.ShouldContain("env_name");
        told.Error.ShouldNotContain("Did you mean");
    }
}
