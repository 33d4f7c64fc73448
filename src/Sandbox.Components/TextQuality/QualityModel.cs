using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;

namespace Sandbox.Components.TextQuality;

/// <summary>A logistic regression over hashed word counts. Its file is JSON: <c>numFeatures</c>, <c>intercept</c>,
/// <c>coefficients</c> (index → weight, zeros left out) and, where it was trained by Spark before 3.0, <c>hash: spark2</c>.</summary>
/// <param name="Features">Size of the table of features.</param>
/// <param name="Intercept">Score of a text without words.</param>
/// <param name="Weights">One weight a feature.</param>
/// <param name="Legacy">Whether words are hashed as Spark did before 3.0.</param>
internal sealed record QualityModel(int Features, double Intercept, double[] Weights, bool Legacy = false)
{
    private const int MostFeatures = 1 << 26;

    /// <summary>The share of good texts among texts with such words: 0 to 1.</summary>
    public static double Probability(double margin) => 1 / (1 + Math.Exp(-margin));

    /// <summary>The margin of a text: above 0 it is more likely good than bad.</summary>
    public double Margin(IReadOnlyList<string> words) =>
        Intercept + Count(words, Features, Legacy).Sum(term => term.Count * Weights[term.Index]);

    /// <summary>How often each feature occurs, by index.</summary>
    public static IReadOnlyList<(int Index, double Count)> Count(IReadOnlyList<string> words, int features, bool legacy = false)
    {
        var counts = new SortedDictionary<int, double>();
        foreach (var word in words)
        {
            var index = TermHash.IndexOf(word, features, legacy);
            counts[index] = counts.GetValueOrDefault(index) + 1;
        }

        return [.. counts.Select(c => (c.Key, c.Value))];
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="JobFailedException">It cannot be read or is no such model.</exception>
    public static async Task<QualityModel> LoadAsync(string file, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var json = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken) as JsonObject ?? [];
            var features = json["numFeatures"]?.GetValue<int>() ?? 0;
            if (features is < 1 or > MostFeatures || json["coefficients"] is not JsonObject coefficients || json["intercept"] is null)
            {
                throw new JobFailedException($"{name} is no quality model: it needs numFeatures, intercept and coefficients.");
            }

            var weights = new double[features];
            foreach (var (index, weight) in coefficients)
            {
                weights[int.Parse(index, CultureInfo.InvariantCulture)] = weight?.GetValue<double>() ?? throw new FormatException($"the weight of {index} is null");
            }

            return new QualityModel(features, json["intercept"]!.GetValue<double>(), weights, json["hash"]?.ToString() == "spark2");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new JobFailedException($"The quality model {name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the model.</summary>
    public Task SaveAsync(string file, CancellationToken cancellationToken)
    {
        var coefficients = new JsonObject();
        foreach (var (index, weight) in Weights.Index().Where(w => w.Item != 0))
        {
            coefficients[index.ToString(CultureInfo.InvariantCulture)] = weight;
        }

        var json = new JsonObject { ["numFeatures"] = Features, ["intercept"] = Intercept, ["coefficients"] = coefficients };
        if (Legacy)
        {
            json["hash"] = "spark2";
        }

        return WholeFile.WriteTextAsync(file, json.ToJsonString(), cancellationToken);
    }
}
