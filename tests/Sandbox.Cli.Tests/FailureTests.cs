namespace Sandbox.Cli.Tests;

/// <summary>What goes wrong while a run is worked: a clear message, exit code 1, and a command that goes on.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [RootFact]
    public async Task A_full_disk_under_the_export_path_leaves_the_result_safe_and_the_run_resumable()
    {
        _place.Write("data.jsonl", string.Concat(Enumerable.Repeat("{\"text\":\"a row that is long enough to fill a small disk quickly\"}\n", 5000)));
        using var disk = new Tmpfs(Path.Combine(_place.Root, "out"), "size=100k");

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("no space is left on the device");
        var id = await Workplace.NewestIdAsync();
        told.Error.ShouldContain($"sandbox resume {id}");
        (await Workplace.NewestAsync())["state"]!.ToString().ShouldBe("interrupted");
        Directory.EnumerateFiles(Path.Combine(_place.Root, "out"), "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();

        disk.Change("size=10m");
        (await Workplace.RunAsync("resume", id)).Code.ShouldBe(0);
        File.ReadLines(Path.Combine(_place.Root, "out/iter_1/data.jsonl")).Count().ShouldBe(5000);
        (await Workplace.NewestAsync())["state"]!.ToString().ShouldBe("finished");
    }

    [RootFact]
    public async Task A_full_disk_under_the_home_fails_the_job_and_a_retry_mends_it()
    {
        _place.Write("data.jsonl", string.Concat(Enumerable.Repeat("{\"text\":\"a row that is long enough to fill a small disk quickly\"}\n", 60_000)));
        using var disk = new Tmpfs(_place.Home, "size=3m");

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("No space left on device");
        told.Output.ShouldContain("sandbox retry");

        disk.Change("size=80m");
        (await Workplace.RunAsync("retry", await Workplace.NewestIdAsync())).Code.ShouldBe(0);
    }

    [RootFact]
    public async Task A_home_without_room_for_the_database_says_so()
    {
        using var disk = new Tmpfs(_place.Home, "size=64k");

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("No space is left for the database");
    }

    [RootFact]
    public async Task A_read_only_work_directory_keeps_the_results_and_resumes()
    {
        using (new Tmpfs(Path.Combine(_place.Root, "work"), "ro"))
        {
            var told = await Workplace.RunAsync("run", "sandbox.yaml");
            told.Code.ShouldBe(1);
            told.Error.ShouldContain("context_infos.json could not be written: the file system is read-only");
            told.Error.ShouldContain("sandbox resume");
        }

        (await Workplace.RunAsync("resume", await Workplace.NewestIdAsync())).Code.ShouldBe(0);
        File.Exists(Path.Combine(_place.Root, "work/context_infos.json")).ShouldBeTrue();
    }

    [RootFact]
    public async Task A_read_only_home_says_so()
    {
        using var home = new Tmpfs(_place.Home, "ro");

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("Make the home writable");
    }

    [Fact]
    public async Task A_home_that_is_a_file_says_so()
    {
        _place.Write("home", "not a directory");

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("it is a file");
    }

    [Fact]
    public async Task A_damaged_database_is_named_and_left_as_it_is()
    {
        _place.Write("home/sandbox.db", new string('x', 5000));

        foreach (var command in new[] { "list", "run sandbox.yaml", "show abc" })
        {
            var told = await Workplace.RunAsync(command.Split(' '));
            told.Code.ShouldBe(1);
            told.Error.ShouldContain("is damaged or no SQLite database");
        }

        File.ReadAllText(Path.Combine(_place.Home, "sandbox.db")).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task A_data_set_that_vanishes_during_the_run_fails_the_job_and_can_be_retried()
    {
        _place.Write("sandbox.yaml", Workplace.Config.Replace("dj_configs: recipe.yaml", "dj_configs: {dataset_path: link.jsonl, export_path: out/data.jsonl, process: [{text_length_filter: {}}]}", StringComparison.Ordinal));
        _place.Write("link.jsonl", string.Empty);

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(1);
        told.Error.ShouldContain("data set \"link.jsonl\" is empty");
        File.Copy(Path.Combine(_place.Root, "data.jsonl"), Path.Combine(_place.Root, "link.jsonl"), overwrite: true);
        (await Workplace.RunAsync("retry", await Workplace.NewestIdAsync(), "probe")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_malformed_row_fails_the_job_at_its_line_until_the_limit_allows_it()
    {
        _place.Write("data.jsonl", "{\"text\":\"a good row\"}\n{\"text\": bad}\n{\"text\":\"another good row\"}\n");
        var refused = await Workplace.RunAsync("run", "sandbox.yaml");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("data.jsonl:2: ");

        _place.Write("recipe.yaml", Workplace.Recipe + "max_bad_rows: 1\n");
        var allowed = await Workplace.RunAsync("run", "sandbox.yaml");
        allowed.Code.ShouldBe(0);
        allowed.Output.ShouldContain("warning: Malformed row skipped: data.jsonl:2: ");

        var processed = await Workplace.RunAsync("process", "--config", "recipe.yaml");
        processed.Code.ShouldBe(0);
        processed.Error.ShouldContain("1 malformed row(s) left out.");
    }

    [Fact]
    public async Task A_filter_that_drops_everything_is_a_warning_that_names_it()
    {
        _place.Write("recipe.yaml", Workplace.Recipe.Replace("min_len: 6", "min_len: 900", StringComparison.Ordinal));

        var told = await Workplace.RunAsync("run", "sandbox.yaml");

        told.Code.ShouldBe(0);
        told.Output.ShouldContain("no row is left. Most rows were dropped by text_length_filter (4)");
        (await Workplace.RunAsync("process", "recipe.yaml")).Error.ShouldContain("no row is left");
    }

    [Fact]
    public async Task A_statistic_without_a_spread_runs_through_and_prints_strict_json()
    {
        _place.Write("data.jsonl", "{\"text\":\"the only row there is\"}\n");

        var told = await Workplace.RunAsync("run", "sandbox.yaml", "--json");
        told.Code.ShouldBe(0);
        told.Lines[^1]["run"]!["state"]!.ToString().ShouldBe("finished");

        var analysed = await Workplace.RunAsync("analyze", "recipe.yaml", "--json");
        analysed.Code.ShouldBe(0);
        analysed.Lines.Count.ShouldBe(1);
    }
}
