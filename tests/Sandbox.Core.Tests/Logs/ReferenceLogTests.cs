using System.Globalization;
using System.Text.Json;
using Sandbox.Core.Logs;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Core.Tests.Logs;

public class ReferenceLogTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names];

    [ReferenceTheory(ReferenceCase.Folder)]
    [MemberData(nameof(Cases))]
    public void Finds_what_the_trainer_printed_and_nothing_else(string name)
    {
        var reference = ReferenceCase.Read(name);
        Compare(reference, reference.Watch(new LogWatch([]), portion: 4096));
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [MemberData(nameof(Cases))]
    public void Finds_the_same_byte_by_byte(string name)
    {
        var reference = ReferenceCase.Read(name);
        Compare(reference, reference.Watch(new LogWatch([]), portion: 1));
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [InlineData("hf-eval", "huggingface")]
    [InlineData("hf4-notqdm-nan", "internvl")]
    [InlineData("accelerate-log", "accelerate")]
    [InlineData("accelerate-pty", "easyanimate")]
    [InlineData("pl-pty", "lightning")]
    [InlineData("modelscope-nan", "modelscope")]
    [InlineData("fasttext-threads2", "fasttext")]
    [InlineData("torchrun-raise", "torchrun")]
    public void Finds_the_same_when_the_format_is_named(string name, string format)
    {
        var reference = ReferenceCase.Read(name);
        Compare(reference, reference.Watch(new LogWatch([new WatchRule { Format = format }]), portion: 100));
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [MemberData(nameof(Cases))]
    public void Values_agree_with_what_the_callback_saw(string name)
    {
        var reference = ReferenceCase.Read(name);
        var found = reference.Watch(new LogWatch([]), portion: 512).ToDictionary(f => (f.Stream, f.TextOffset));
        foreach (var row in reference.Rows.Where(r => r.TryGetProperty("text_offset", out _)))
        {
            var finding = found[(row.GetProperty("stream").GetString()!, row.GetProperty("text_offset").GetInt64())];
            if (row.TryGetProperty("true_metrics", out var metrics))
            {
                foreach (var metric in metrics.EnumerateObject())
                {
                    Near(finding.Metrics[metric.Name]!.Value, Number(metric.Value)!.Value, digits: 4);
                }
            }

            if (row.TryGetProperty("true_loss", out var loss))
            {
                Near((finding.Metrics.GetValueOrDefault("loss") ?? finding.Metrics["step_loss"])!.Value, Number(loss)!.Value, digits: 3);
            }
        }
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [InlineData("modelscope-plain")]
    [InlineData("modelscope-nan")]
    public void Losses_of_ModelScope_are_means_of_what_the_loop_saw(string name)
    {
        var reference = ReferenceCase.Read(name);
        var found = reference.Watch(new LogWatch([]), portion: 512).ToDictionary(f => (f.Stream, f.ByteOffset));
        foreach (var row in reference.Rows.Where(r => r.TryGetProperty("true_mean_loss", out _)))
        {
            Near(found[("stderr", row.GetProperty("byte_offset").GetInt64())].Metrics["loss"]!.Value, Number(row.GetProperty("true_mean_loss"))!.Value, digits: 4);
        }
    }

    private static void Compare(ReferenceCase reference, List<LogFinding> found)
    {
        var rows = reference.Rows.ToList();
        found.Select(Key).Order().ShouldBe(rows.Select(Key).Order(), reference.Name);
        foreach (var row in rows)
        {
            var finding = row.TryGetProperty("text_offset", out var offset)
                ? found.Single(f => f.Stream == row.GetProperty("stream").GetString() && f.TextOffset == offset.GetInt64())
                : found.Single(f => Key(f) == Key(row));
            finding.ByteOffset.ShouldBe(row.GetProperty("byte_offset").GetInt64());
            finding.Epoch.ShouldBe(row.TryGetProperty("kind", out var kind) && kind.GetString() == "summary block"
                ? Number(row.GetProperty("text").GetProperty("epoch")) : Count(row, "epoch"));
            finding.Step.ShouldBe(Count(row, "step"));
            finding.Batch.ShouldBe(Count(row, "batch"));
            finding.Iteration.ShouldBe(Count(row, "iteration"));
            ((double?)finding.Rank).ShouldBe(Count(row, "rank"));
            finding.Progress.ShouldBe(Count(row, "progress_percent"));
            finding.Label.ShouldBe(row.TryGetProperty("label", out var label) ? label.GetString() : null);
            if (row.TryGetProperty("metrics", out var metrics))
            {
                finding.Metrics.Keys.ShouldBe(metrics.EnumerateObject().Select(m => m.Name), ignoreOrder: true);
                foreach (var metric in metrics.EnumerateObject())
                {
                    finding.Metrics[metric.Name].ShouldBe(Number(metric.Value), $"{reference.Name} {metric.Name}");
                }
            }
        }
    }

    private static string Key(LogFinding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Stream} {finding.ByteOffset} {string.Join(' ', finding.Metrics.Keys.Order(StringComparer.Ordinal))} {finding.Step} {finding.Batch} {finding.Progress} {finding.Rank} {string.Join(' ', finding.Metrics.Values)}");

    private static string Key(JsonElement row)
    {
        var metrics = row.TryGetProperty("metrics", out var given)
            ? given.EnumerateObject().ToDictionary(m => m.Name, m => Number(m.Value), StringComparer.Ordinal)
            : row.GetProperty("text").EnumerateObject().Where(m => m.Name is not ("epoch" or "total_flos"))
                .ToDictionary(m => m.Name, m => Text(m.Value.GetString()!), StringComparer.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{row.GetProperty("stream").GetString()} {row.GetProperty("byte_offset").GetInt64()} {string.Join(' ', metrics.Keys.Order(StringComparer.Ordinal))} {Count(row, "step")} {Count(row, "batch")} {Count(row, "progress_percent")} {Count(row, "rank")} {string.Join(' ', metrics.Values)}");
    }

    private static double? Text(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number)
        ? number
        : TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalSeconds;

    private static double? Count(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? Number(value) : null;

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => value.GetDouble(),
    };

    private static void Near(double shown, double truth, int digits)
    {
        if (!double.IsFinite(truth))
        {
            shown.ShouldBe(truth);
            return;
        }

        Math.Abs(shown - truth).ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(truth) * 0.51 * Math.Pow(10, 1 - digits), 1e-4));
    }
}
