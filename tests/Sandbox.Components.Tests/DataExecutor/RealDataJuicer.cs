using System.Text.Json.Nodes;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Components.Tests.Testing;
using Sandbox.Core.Components;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Environments.Python;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataExecutor;

/// <summary>The adapter of the real Data-Juicer beside a stand-in that prints what the real one printed and writes what it
/// wrote, at the places that the recipe it is given names.</summary>
public sealed class RealDataJuicer
{
    private const string Printed = "upstream-runs/data-juicer/printed";

    [ReferenceFact(Printed)]
    public async Task A_processed_data_set_comes_with_what_each_operator_left()
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        var lines = new List<string>();
        var upstream = Open(bench, lines, $"cat '{Reference.Find(Printed)}/process-sotu.stderr' >&2; printf '{{\"text\":\"x\"}}\\n{{\"text\":\"y\"}}\\n' > \"$export\"; printf '{{}}\\n' > \"${{export%.jsonl}}_stats.jsonl\"; mkdir -p \"$work/trace\"; echo '{{}}' > \"$work/trace/filter-x.jsonl\"");

        var result = await upstream.ProcessAsync(Recipe("max_bad_rows: 3\nopen_tracer: true\n"), CancellationToken.None);

        (result.RowsIn, result.RowsOut, result.StatsPath).ShouldBe((833, 2, "out/result_stats.jsonl"));
        result.Operators.Select(o => (o.Name, o.RowsIn, o.Dropped)).ShouldBe(
        [
            ("alphanumeric_filter", 833, 0), ("average_line_length_filter", 833, 275), ("maximum_line_length_filter", 558, 0),
            ("special_characters_filter", 558, 15), ("text_length_filter", 543, 1), ("words_num_filter", 542, 4),
        ]);
        File.Exists(bench.Files.ResolveRead("out/trace/filter-x.jsonl")).ShouldBeTrue();
        lines.ShouldContain(l => l.Contains("Exporting dataset to disk", StringComparison.Ordinal));
        var given = ConfigParser.Parse(await File.ReadAllBytesAsync(bench.Files.Scratch("data-juicer/recipe.yaml")), "recipe.yaml", new List<Fault>())!.ToJson()!;
        given["dataset_path"]!.ToString().ShouldBe(bench.Files.ResolveRead("in.jsonl"));
        given["export_path"]!.ToString().ShouldBe(bench.Files.Scratch("data-juicer/export/result.jsonl"));
        File.ReadAllLines(bench.Files.ResolveRead("out/result.jsonl")).Length.ShouldBe(2);
        given["max_bad_rows"].ShouldBeNull();
    }

    [ReferenceTheory(Printed)]
    [InlineData("error-unknown-operator", "KeyError: 'text_lenght_filter'")]
    [InlineData("error-broken-line", "datasets.exceptions.DatasetGenerationError")]
    [InlineData("error-broken-yaml", "Problems parsing config")]
    public async Task A_failure_says_what_the_program_said(string printed, string expected)
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        var path = Path.Combine(Reference.Find(Printed)!, printed);
        var upstream = Open(bench, [], $"cat '{path}.stderr' >&2; exit $(cat '{path}.exit')");

        var message = (await Should.ThrowAsync<JobFailedException>(() => upstream.ProcessAsync(Recipe(string.Empty), CancellationToken.None))).Message;

        message.ShouldContain(expected);
        message.ShouldContain("exit code");
    }

    [Fact]
    public async Task A_batch_that_it_dropped_in_silence_is_told_or_fails_the_job()
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        const string Script = "echo 'There are 1 sample(s) in the original dataset.'; echo '2026 | ERROR | x - An error occurred in clean_ip_mapper when processing samples {} -- <class KeyError>'; echo '[1/1] OP [clean_ip_mapper] Done in 0.1s. Left 0 samples.'; : > \"$export\"";

        var result = await Open(bench, [], Script).ProcessAsync(Recipe(string.Empty), CancellationToken.None);
        result.Operators.Single().Errors.ShouldBe(1);

        var failure = await Should.ThrowAsync<JobFailedException>(() => Open(bench, [], Script).ProcessAsync(Recipe("skip_op_error: false\n"), CancellationToken.None));
        failure.Message.ShouldContain("An error occurred in clean_ip_mapper");
        (await Should.ThrowAsync<JobFailedException>(() => Open(bench, [], "rm -f \"$export\"").ProcessAsync(Recipe(string.Empty), CancellationToken.None)))
            .Message.ShouldContain("wrote no out/result.jsonl");
    }

    [Fact]
    public async Task Ray_is_passed_through_and_the_files_of_its_export_are_taken()
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        const string Script = "grep -q '^executor_type: ray' \"$recipe\" || exit 9; mkdir -p \"$export\"; printf '{\"text\":\"x\"}\\n' > \"$export/1.json\"; printf '{\"text\":\"y\"}\\n' > \"$export/2.json\"";

        var result = await Open(bench, [], Script).ProcessAsync(Recipe("executor_type: ray\nray_address: auto\n"), CancellationToken.None);

        result.RowsOut.ShouldBe(2);
        File.Exists(bench.Files.ResolveRead("out/result.jsonl/2.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_old_export()
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        bench.Write("out/result.jsonl", "old");

        await Should.ThrowAsync<JobFailedException>(() => Open(bench, [], "echo half > \"$export\"; exit 1").ProcessAsync(Recipe(string.Empty), CancellationToken.None));

        File.ReadAllText(bench.Files.ResolveRead("out/result.jsonl")).ShouldBe("old");
    }

    [ReferenceFact(Printed)]
    public async Task An_analysis_gives_the_table_without_the_rows_for_texts()
    {
        using var bench = new JobBench();
        bench.Write("in.jsonl", "{\"text\":\"a\"}\n");
        var analysis = Path.Combine(Reference.Find("upstream-runs/data-juicer/out/analyze-sotu")!, "analysis");
        var upstream = Open(bench, [], $"cat '{Reference.Find(Printed)}/analyze-sotu.stderr' >&2; mkdir -p \"$work/analysis\"; cp '{analysis}/overall.csv' \"$work/analysis/\"");

        var result = await upstream.AnalyzeAsync(Recipe(string.Empty), null, CancellationToken.None);

        result.Table.Value("mean", "text_len").ShouldBe(1026.40096, 1e-4);
        result.Table.Index.ShouldBe(["count", "mean", "std", "min", "25%", "50%", "75%", "max"]);
        File.Exists(bench.Files.ResolveRead("out/analysis/overall.csv")).ShouldBeTrue();
    }

    [Fact]
    public void The_engine_is_the_embedded_one_where_it_can_run_everything()
    {
        EngineChoice.Of(Recipe(string.Empty), "auto", hasEnvironment: true, forAnalysis: false).IsEmbedded.ShouldBeTrue();
        EngineChoice.Of(Recipe(string.Empty), "data-juicer", hasEnvironment: false, forAnalysis: false).IsEmbedded.ShouldBeFalse();
        foreach (var (more, reason) in new[]
        {
            ("executor_type: ray\n", "runs on Ray"),
            ("custom_operator_paths: [ops.py]\n", "custom_operator_paths"),
            ("export_type: parquet\n", "not \"parquet\""),
        })
        {
            var choice = EngineChoice.Of(Recipe(more), "auto", hasEnvironment: true, forAnalysis: false);
            choice.IsEmbedded.ShouldBeFalse(more);
            choice.Reason.ShouldContain(reason);
        }

        // A mistake is one for either engine: it is told, not handed on.
        var typo = Sandbox.Core.Recipes.Recipe.Parse((JsonObject)JsonNode.Parse("{\"dataset_path\":\"a.jsonl\",\"export_path\":\"b.jsonl\",\"process\":[{\"text_length_filter\":{\"min_length\":3}},{\"image_size_filter\":{}}]}")!);
        EngineChoice.Of(typo, "auto", hasEnvironment: true, forAnalysis: false).IsEmbedded.ShouldBeTrue();
    }

    private static Recipe Recipe(string more) => Sandbox.Core.Recipes.Recipe.Parse((JsonObject)ConfigParser.ParseYaml(
        "dataset_path: in.jsonl\nexport_path: out/result.jsonl\n" + more + "process:\n- clean_ip_mapper:\n", "recipe.yaml", new List<Fault>())!.ToJson()!);

    // Takes the paths from the recipe as the real program does, then does what the script says.
    private static DataJuicer Open(JobBench bench, List<string> lines, string script)
    {
        var program = bench.Write("stand-in.sh", $$"""
            set -e
            recipe="$2"
            export=$(sed -n 's/^export_path: *//p' "$recipe" | tr -d "'\"")
            work=$(sed -n 's/^work_dir: *//p' "$recipe" | tr -d "'\"")
            {{script}}

            """);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        return new DataJuicer(
            new AttachedProgram(command => new EnvironmentCommand(["/bin/sh", bench.Files.FullPath(program), .. command.Skip(1)], variables), bench.Files),
            bench.Files, TimeProvider.System, new Progress<JobProgress>(), lines.Add);
    }
}
