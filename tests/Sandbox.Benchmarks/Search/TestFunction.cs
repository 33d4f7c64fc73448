using System.Text.Json.Nodes;

namespace Sandbox.Benchmarks.Search;

/// <summary>A function to minimise whose optimum is known.</summary>
/// <param name="Name">Its name in the reference figures.</param>
/// <param name="Parameters">Its space, as the <c>parameters</c> of a sweep.</param>
/// <param name="Optimum">Its least value.</param>
/// <param name="Value">The function.</param>
internal sealed record TestFunction(string Name, string Parameters, double Optimum, Func<JsonObject, double> Value)
{
    private static readonly double[][] HartmannA =
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    private static readonly double[][] HartmannP =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    private static readonly double[] HartmannWeights = [1.0, 1.2, 3.0, 3.2];

    // Base, best log10(lr), curvature, best dropout, best mix, best layers.
    private static readonly Dictionary<string, double[]> Training = new(StringComparer.Ordinal)
    {
        ["sgd"] = [0.00, -1, 0.50, 0.2, 0.7, 5], ["adam"] = [0.08, -3, 0.12, 0.3, 0.4, 4], ["adagrad"] = [0.20, -2, 0.20, 0.1, 0.5, 3],
    };

    /// <summary>The functions of the reference figures.</summary>
    public static IReadOnlyList<TestFunction> All { get; } =
    [
        new("branin", "x1: {min: -5.0, max: 10.0}\nx2: {min: 0.0, max: 15.0}", 10 / (8 * Math.PI), p => Branin(Get(p, "x1"), Get(p, "x2"))),
        new("hartmann6", Box(6, "0.0", "1.0"), -3.3223680114155147, p => Hartmann(Vector(p, 6))),
        new("rosenbrock4", Box(4, "-5.0", "10.0"), 0, p => Rosenbrock(Vector(p, 4))),
        new("rosenbrock4_log", Box(4, "-5.0", "10.0"), 0, p => Math.Log(1 + Rosenbrock(Vector(p, 4)))),
        new("ackley5", Box(5, "-5.0", "10.0"), 0, p => Ackley(Vector(p, 5))),
        new("mixed_training", """
            optimizer: {values: [sgd, adam, adagrad]}
            lr: {distribution: log_uniform_values, min: 0.00001, max: 1.0}
            dropout: {min: 0.0, max: 0.6}
            mix: {min: 0.0, max: 1.0}
            layers: {min: 1, max: 8}
            momentum: {min: 0.0, max: 0.99, when: {optimizer: sgd}}
            """, 0, Mixed),
        new("recipe8", string.Join('\n', Enumerable.Range(1, 8).Select(i => $"t{i}: {{min: 0.0, max: 1.0}}")), 0, Recipe),
    ];

    /// <summary>Functions besides, on which nothing was tuned.</summary>
    public static IReadOnlyList<TestFunction> Others { get; } =
    [
        new("levy4", Box(4, "-10.0", "10.0"), 0, p => Levy(Vector(p, 4))),
        new("griewank3", Box(3, "-20.0", "30.0"), 0, p => Griewank(Vector(p, 3))),
        new("steps6", string.Join('\n', Enumerable.Range(1, 6).Select(i => $"x{i}: {{min: 0, max: 12}}")), 0, p => Vector(p, 6).Select((x, i) => Math.Abs(x - i - 3)).Sum()),
    ];

    private static string Box(int count, string low, string high) =>
        string.Join('\n', Enumerable.Range(1, count).Select(i => $"x{i}: {{min: {low}, max: {high}}}"));

    private static double Get(JsonObject p, string name) => p[name]!.GetValue<double>();

    private static double[] Vector(JsonObject p, int count) => [.. Enumerable.Range(1, count).Select(i => Get(p, FormattableString.Invariant($"x{i}")))];

    private static double Branin(double x, double y) =>
        Math.Pow(y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6, 2) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;

    private static double Hartmann(double[] x) => -Enumerable.Range(0, 4).Sum(k =>
        HartmannWeights[k] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => HartmannA[k][j] * Math.Pow(x[j] - HartmannP[k][j], 2))));

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(1 - x[i], 2));

    private static double Ackley(double[] x) =>
        (-20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v)))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v))) + 20 + Math.E;

    private static double Mixed(JsonObject p)
    {
        var optimizer = p["optimizer"]!.GetValue<string>();
        var best = Training[optimizer];
        var z = Math.Log10(Get(p, "lr")) - best[1];
        var n = Get(p, "layers") - best[5];
        var value = best[0] + (best[2] * z * z) + (3 * Math.Pow(Get(p, "dropout") - best[3], 2)) + (1.5 * Math.Pow(Get(p, "mix") - best[4], 2))
            + (0.02 * n * n) + (0.05 * z * n);
        var w = optimizer == "sgd" ? Get(p, "momentum") - 0.9 : 0;
        return value + (w * w) + (0.3 * w * z);
    }

    private static double Recipe(JsonObject p)
    {
        var (a, b, c) = (Get(p, "t2") - 0.65, Get(p, "t5") - 0.30, Get(p, "t7") - 0.55);
        return a > 0.92 - 0.65 || b > 0.85 - 0.30 ? 0.5 : Math.Min(0.25, (2 * a * a) + (1.5 * b * b) + (c * c) + (1.2 * a * b));
    }

    private static double Levy(double[] x)
    {
        var w = x.Select(v => 1 + ((v - 1) / 4)).ToArray();
        return Math.Pow(Math.Sin(Math.PI * w[0]), 2)
            + w.SkipLast(1).Sum(v => Math.Pow(v - 1, 2) * (1 + (10 * Math.Pow(Math.Sin((Math.PI * v) + 1), 2))))
            + (Math.Pow(w[^1] - 1, 2) * (1 + Math.Pow(Math.Sin(2 * Math.PI * w[^1]), 2)));
    }

    private static double Griewank(double[] x) =>
        1 + x.Sum(v => v * v / 4000) - x.Select((v, i) => Math.Cos(v / Math.Sqrt(i + 1))).Aggregate(1.0, (a, b) => a * b);
}
