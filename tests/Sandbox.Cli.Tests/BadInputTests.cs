namespace Sandbox.Cli.Tests;

/// <summary>What is wrong before anything runs: exit code 2, and nothing is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("rnu", "unknown command or argument \"rnu\". Did you mean \"run\"?")]
    [InlineData("list --jsn", "unknown option \"--jsn\". Did you mean \"--json\"?")]
    [InlineData("run sandbox.yaml --jsn", "unknown option \"--jsn\". Did you mean \"--json\"?")]
    [InlineData("run sandbox.yaml --confg x", "unknown option \"--confg\". Did you mean \"--config\"?")]
    [InlineData("run sandbox.yaml --project_nam x", "Did you mean \"project_name\"?")]
    [InlineData("run", "Which config?")]
    [InlineData("run sandbox.yaml --config sandbox.yaml", "given twice")]
    [InlineData("run nothere.yaml", "does not exist")]
    [InlineData("run .", "it is a directory")]
    [InlineData("process .", "it is a directory")]
    [InlineData("process nothere.yaml", "does not exist")]
    [InlineData("show", "Required argument missing")]
    [InlineData("show abc", "Nothing has run in the home")]
    [InlineData("resume abc --max_iter_num 3", "no config is given")]
    [InlineData("clean --older-than 7x", "is no duration")]
    [InlineData("completion fish", "not for \"fish\"")]
    [InlineData("workflow run nothere.json", "does not exist")]
    public async Task A_wrong_command_line_is_answered_in_a_line_and_exit_code_2(string line, string message)
    {
        var told = await Workplace.RunAsync(line.Split(' '));

        told.Code.ShouldBe(2);
        told.Error.ShouldContain(message);
        told.Output.ShouldBeEmpty();
        File.Exists(Path.Combine(_place.Home, "sandbox.db")).ShouldBeFalse("nothing may be made by a command that cannot run");
    }

    [Theory]
    [InlineData("", "bad.yaml:1:1: the file is empty")]
    [InlineData("a: [1,\n b: }", "bad.yaml:2:5: malformed YAML")]
    [InlineData("just text", "bad.yaml:1:1: ")]
    [InlineData("execute_job_configs: []", "Did you mean \"execution_job_configs\"?")]
    [InlineData("probe_job_configs:\n  - hook: ProbeViaAnalyserHook\n    dj_configs: recipe.yaml", "Did you mean \"ProbeViaAnalyzerHook\"?")]
    public async Task A_wrong_config_is_placed_at_line_and_column(string text, string message)
    {
        _place.Write("bad.yaml", text);
        foreach (var command in new[] { "run", "validate", "compile" })
        {
            var told = await Workplace.RunAsync(command, "bad.yaml");
            told.Code.ShouldBe(2);
            told.Error.ShouldContain(message);
        }
    }

    [Fact]
    public async Task Binary_garbage_as_a_config_is_a_fault_of_the_file()
    {
        await File.WriteAllBytesAsync(Path.Combine(_place.Root, "bad.yaml"), [0, 1, 255, 254, 7, 200]);

        (await Workplace.RunAsync("run", "bad.yaml")).ShouldSatisfyAllConditions(t => t.Code.ShouldBe(2), t => t.Error.ShouldContain("bad.yaml:1:1: "));
        (await Workplace.RunAsync("process", "bad.yaml")).ShouldSatisfyAllConditions(t => t.Code.ShouldBe(2), t => t.Error.ShouldContain("bad.yaml:1:1: "));
    }

    [Fact]
    public async Task All_faults_in_all_files_come_at_once()
    {
        _place.Write("recipe.yaml", "dataset_path: nothere.jsonl\nexport_path: out/x.jsonl\nprocess:\n  - text_lenght_filter: {}\n  - words_num_filter: {min_nmu: 3}\nexprt_type: json\n");
        _place.Write("sandbox.yaml", Workplace.Config.Replace("meta_name: process", "meta_nam: process", StringComparison.Ordinal));

        var told = await Workplace.RunAsync("validate", "sandbox.yaml");

        told.Code.ShouldBe(2);
        told.Error.ShouldContain("sandbox.yaml:10:5: ");
        told.Error.ShouldContain("recipe.yaml:4:5: unknown operator \"text_lenght_filter\". Did you mean \"text_length_filter\"?");
        told.Error.ShouldContain("recipe.yaml:5:24: unknown option \"min_nmu\". Did you mean \"min_num\"?");
        told.Error.ShouldContain("\"nothere.jsonl\" does not exist");

        var processed = await Workplace.RunAsync("process", "--config", "recipe.yaml");
        processed.Code.ShouldBe(2);
        processed.Error.ShouldContain("recipe.yaml:4:5: ");
        processed.Error.ShouldContain("recipe.yaml:5:24: ");
        processed.Error.ShouldContain("recipe.yaml:6:1: exprt_type: unknown option \"exprt_type\". Did you mean \"export_type\"?");
        processed.Error.ShouldContain("recipe.yaml:1:1: dataset_path: \"nothere.jsonl\" does not exist");
    }

    [Fact]
    public async Task Faults_are_json_on_standard_output_when_json_is_asked_for()
    {
        _place.Write("sandbox.yaml", "nonsense: 1\n");

        var told = await Workplace.RunAsync("validate", "sandbox.yaml", "--json");

        told.Code.ShouldBe(2);
        told.Lines[0]["file"]!.ToString().ShouldBe("sandbox.yaml");
        told.Lines[0]["line"]!.GetValue<int>().ShouldBe(1);
        (await Workplace.RunAsync("show", "x", "--json")).Lines[0]["kind"]!.ToString().ShouldBe("fault");
    }
}
