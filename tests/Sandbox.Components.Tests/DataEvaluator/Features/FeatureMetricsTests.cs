using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataEvaluator.Features;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator.Features;

public sealed class FeatureMetricsTests : IDisposable
{
    private const string Folder = "upstream-runs/captions/features";
    private const string Hook = "EvaluateDataHook";
    private static readonly string[] Singular = ["twelve", "flat", "constant"];
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(Folder)]
    public void Distances_are_those_of_numpy_and_scipy()
    {
        foreach (var pair in Scores()["pairs"]!.AsArray())
        {
            var (real, generated) = (Matrix((string)pair!["real"]!), Matrix((string)pair["generated"]!));
            var tolerance = Singular.Contains((string)pair["real"]!) || Singular.Contains((string)pair["generated"]!) ? 1e-5 : 1e-6;
            var what = $"{pair["real"]} {pair["generated"]}";
            Close(FrechetDistance.Of(real, generated, 1), (double)pair["fid"]!, tolerance, what);
            Close(FrechetDistance.Of(real, generated, 0), (double)pair["fid_ddof0"]!, tolerance, what);
            Close(KernelDistance.Of(real, generated), (double)pair["kid"]!, 1e-6, what);
            Close(Coverage.Of(real, generated, 3), (double)pair["precision"]!, 1e-6, what);
            Close(Coverage.Of(generated, real, 3), (double)pair["recall"]!, 1e-6, what);
        }
    }

    [ReferenceFact(Folder)]
    public void Kernel_distances_of_subsets_are_those_of_numpy()
    {
        var subsets = NpySubsets();
        foreach (var pair in Scores()["pairs"]!.AsArray().Where(p => p!["kid_subsets"] is not null))
        {
            var (real, generated) = (Matrix((string)pair!["real"]!), Matrix((string)pair["generated"]!));
            foreach (var (i, expected) in pair["kid_subsets"]!["each"]!.AsArray().Index())
            {
                var (x, y) = (subsets[i].Real.Select(r => real[r]).ToArray(), subsets[i].Generated.Select(r => generated[r]).ToArray());
                Close(KernelDistance.Of(x, y), (double)expected!, 1e-6, $"{pair["real"]} {pair["generated"]} {i}");
            }
        }
    }

    [ReferenceFact(Folder)]
    public void Subsets_are_drawn_as_upstream_draws_them()
    {
        foreach (var pair in Scores()["data_juicer"]!["pairs"]!.AsArray())
        {
            var (real, generated) = (Matrix((string)pair!["real"]!), Matrix((string)pair["generated"]!));
            KernelDistance.OverSubsets(real, generated, 100, 1000, 0, CancellationToken.None)
                .ShouldBe((double)pair["kvd2048_16f"]!, Math.Max(1e-5, 2e-5 * Math.Abs((double)pair["kvd2048_16f"]!)), $"{pair["real"]} {pair["generated"]}");
            FrechetDistance.Of(real, generated, 0).ShouldBe((double)pair["fvd2048_16f"]!, Math.Max(1e-5, 2e-5 * (double)pair["fvd2048_16f"]!));
        }
    }

    [ReferenceFact(Folder)]
    public void Inception_scores_are_those_of_numpy()
    {
        foreach (var (name, splits) in Scores()["inception_score"]!.AsObject())
        {
            foreach (var (key, expected) in splits!.AsObject())
            {
                var (mean, deviation) = InceptionScore.Of(Matrix("logits-" + name), int.Parse(key["splits_".Length..], System.Globalization.CultureInfo.InvariantCulture));
                Close(mean, (double)expected!["mean"]!, 1e-6, name);
                Close(deviation, (double)expected["std"]!, 1e-6, name);
            }
        }
    }

    [ReferenceFact(Folder)]
    public async Task The_component_gives_all_figures_and_writes_them()
    {
        var options = new JsonObject
        {
            ["type"] = "feature_metrics",
            ["metrics"] = new JsonArray("fid", "fvd", "kid", "inception_score", "precision_recall"),
            ["real_path"] = Path("real"),
            ["generated_path"] = Path("near"),
            ["logits_path"] = Path("logits-sharp"),
            ["result_path"] = "f.json",
        };
        var figures = (await _bench.RunAsync(Hook, "features", null, options)).Values[0]!.AsObject();

        figures.Select(f => f.Key).ShouldBe(["fid", "fvd", "kid", "inception_score_mean", "inception_score_std", "precision", "recall"]);
        ((double)figures["fid"]!).ShouldBe(1.284120565757135, 1e-9);
        ((double)figures["inception_score_mean"]!).ShouldBe(4.142702966623641, 1e-9);
        File.ReadAllText(System.IO.Path.Combine(_bench.Root, "f.json")).Trim().ShouldBe(figures.ToJsonString());
        _bench.Watcher.Metrics.ShouldContain(m => m.Name == "features.recall" && m.Value == 0.885);
    }

    [Fact]
    public async Task Files_that_are_no_matrix_are_refused_and_named()
    {
        foreach (var (bytes, message) in new (byte[], string)[]
        {
            ([1, 2, 3], "does not begin as a .npy file"),
            (Npy("'<f8'", "(3,)", 24), "not the shape (3)"),
            (Npy("'<c16'", "(1, 1)", 16), "numbers of type \"<c16\" are not read"),
            (Npy("'<f8'", "(9, 9)", 8), "cannot be read"),
            (Npy("'<f8'", "(2, 1)", 16, 0xFF), "not a number"),
            (Npy("'<f4'", "(1, 2)", 8), "2 rows are needed, and one side has 1"),
        })
        {
            var path = System.IO.Path.Combine(_bench.Root, "x.npy");
            await File.WriteAllBytesAsync(path, bytes);
            (await _bench.FailureOfAsync(Hook, null, JobBench.Json(
                """{"type": "feature_metrics", "metrics": "fid", "real_path": "x.npy", "generated_path": "x.npy"}"""))).ShouldContain(message);
        }
    }

    [Fact]
    public async Task Missing_matrices_and_unknown_metrics_are_faults() =>
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json("""{"type": "feature_metrics", "metrics": ["fidd", "kid"]}""")))
            .ShouldSatisfyAllConditions(
                m => m.ShouldContain("unknown metric \"fidd\""),
                m => m.ShouldContain("extra_configs.real_path"),
                m => m.ShouldContain("extra_configs.generated_path"));

    private static void Close(double actual, double expected, double relative, string what) =>
        actual.ShouldBe(expected, Math.Max(relative * Math.Abs(expected), expected is < 1e-4 and > -1e-4 ? 1e-5 : 0), what);

    private static JsonObject Scores() => JsonNode.Parse(File.ReadAllText(Reference.Find(Folder + "/scores.json")!))!.AsObject();

    private static string Path(string name) => Reference.Find($"{Folder}/{name}.npy")!;

    private static double[][] Matrix(string name) => NpyFile.ReadMatrix(Path(name), name);

    // 20 × 2 × 50 numbers of rows; the reader of the product reads matrices only.
    private static List<(int[] Real, int[] Generated)> NpySubsets()
    {
        var bytes = File.ReadAllBytes(Path("subsets"));
        var numbers = new int[2000];
        Buffer.BlockCopy(bytes, bytes.Length - 8000, numbers, 0, 8000);
        return [.. Enumerable.Range(0, 20).Select(i => (numbers[(i * 100)..((i * 100) + 50)], numbers[((i * 100) + 50)..((i * 100) + 100)]))];
    }

    private static byte[] Npy(string type, string shape, int bytes, byte fill = 0)
    {
        var header = $"{{'descr': {type}, 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. Enumerable.Repeat(fill, bytes)];
    }
}
