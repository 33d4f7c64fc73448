using Sandbox.Core.Context;

namespace Sandbox.Tracking.Sinks.Wandb;

/// <summary>The records of a run, as messages of <c>wandb_internal</c>; the numbers are those of its fields.</summary>
internal static class WandbRecords
{
    // The oldest reader that W&B's own files of this kind name.
    private const string OldestReader = "0.70.0";

    public static Message Header(string producer) => new Message().Inside(21, new Message().Inside(1, new Message().Text(1, producer).Text(2, OldestReader)));

    public static Message Run(WandbRun run)
    {
        var body = new Message().Text(1, run.Id).Text(2, run.Entity).Text(3, run.Project);
        if (run.Config.Count > 0)
        {
            body.Inside(4, Config(run.Config));
        }

        body.Text(6, run.Group).Text(8, run.Name).Text(12, run.SweepId);
        if (run.StartedAt is { } started)
        {
            var seconds = started.ToUnixTimeSeconds();
            body.Inside(17, new Message().Number(1, seconds).Number(2, (started.UtcTicks % TimeSpan.TicksPerSecond) * 100));
        }

        return new Message().Inside(17, body);
    }

    /// <summary>A change of the config.</summary>
    public static Message ConfigChange(IEnumerable<KeyValuePair<string, string>> values) => new Message().Inside(5, Config(values));

    /// <summary>A row of the history. Its step counts as the item <c>_step</c>; the field is for readers that want it.</summary>
    public static Message History(IEnumerable<KeyValuePair<string, string>> values, long step)
    {
        var body = new Message();
        foreach (var (key, json) in values)
        {
            body.Inside(1, new Message().Text(2, key).Text(16, json));
        }

        return new Message().Inside(2, body.Inside(2, new Message().Number(1, step)));
    }

    /// <summary>The summary, which the reader does not compute.</summary>
    public static Message Summary(IEnumerable<KeyValuePair<string, string>> values) => new Message().Inside(3, Updates(values));

    public static Message Exit(int code) => new Message().Inside(18, new Message().Number(1, code));

    /// <summary>A number as W&amp;B's JSON has it, with bare words for what is none.</summary>
    public static string Json(double value) =>
        double.IsFinite(value) ? value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : PythonJson.Write(System.Text.Json.Nodes.JsonValue.Create(value));

    private static Message Config(IEnumerable<KeyValuePair<string, string>> values) => Updates(values);

    private static Message Updates(IEnumerable<KeyValuePair<string, string>> values)
    {
        var body = new Message();
        foreach (var (key, json) in values)
        {
            body.Inside(1, new Message().Text(1, key).Text(16, json));
        }

        return body;
    }
}

/// <summary>What the run record says.</summary>
internal sealed record WandbRun(string Id, string? Project)
{
    public string? Entity { get; init; }

    public string? Group { get; init; }

    public string? Name { get; init; }

    public string? SweepId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Config { get; init; } = [];
}
