using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Environments.Supervision.Files;

/// <summary>Writes and reads what a process's directory says.</summary>
internal static class ProcessRecords
{
    public static void Write(ProcessFiles files, ProcessSpec spec, string token) => DurableJson.Write(files.Spec, json =>
    {
        json.WriteStartArray("command");
        foreach (var argument in spec.Command)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteString("cwd", spec.WorkingDirectory);
        json.WriteString("input", spec.InputFile);
        json.WriteStartObject("env");
        foreach (var (name, value) in spec.Environment)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        Ticks(json, "timeout", spec.Limits.Timeout);
        Ticks(json, "silence", spec.Limits.Silence);
        Number(json, "memory", spec.Limits.MemoryBytes);
        Ticks(json, "grace", spec.Limits.Grace);
        Number(json, "segment", spec.Limits.SegmentBytes);
        json.WriteString("token", token);
    });

    public static (ProcessSpec Spec, string Token)? ReadSpec(ProcessFiles files)
    {
        if (DurableJson.Read(files.Spec) is not { } json)
        {
            return null;
        }

        var spec = new ProcessSpec
        {
            Command = [.. json["command"]!.AsArray().Select(a => a!.GetValue<string>())],
            WorkingDirectory = Text(json, "cwd")!,
            InputFile = Text(json, "input"),
            Environment = json["env"]!.AsObject().ToDictionary(e => e.Key, e => e.Value!.GetValue<string>(), StringComparer.Ordinal),
            Limits = new ProcessLimits
            {
                Timeout = Span(json, "timeout"),
                Silence = Span(json, "silence"),
                MemoryBytes = Whole(json, "memory"),
                Grace = Span(json, "grace") ?? TimeSpan.Zero,
                SegmentBytes = Whole(json, "segment") ?? 0,
            },
        };
        return (spec, Text(json, "token")!);
    }

    /// <summary>Writes who a process is: the supervisor, or the program.</summary>
    public static void Write(string path, ProcessIdentity identity) => DurableJson.Write(path, json =>
    {
        json.WriteString("bootId", identity.BootId);
        json.WriteNumber("pid", identity.Pid);
        json.WriteNumber("startTime", identity.StartTime);
        json.WriteString("token", identity.Token);
        json.WriteString("host", identity.Host);
    });

    public static ProcessIdentity? ReadIdentity(string path) => DurableJson.Read(path) is { } json
        ? new ProcessIdentity(
            Text(json, "bootId")!, (int)Whole(json, "pid")!.Value, Whole(json, "startTime")!.Value, Text(json, "token")!, Text(json, "host")!)
        : null;

    public static void Write(ProcessFiles files, ProcessExit exit) => DurableJson.Write(files.Exit, json =>
    {
        json.WriteString("reason", exit.Reason.ToString());
        Number(json, "exitCode", exit.ExitCode);
        Number(json, "signal", exit.Signal);
        json.WriteString("message", exit.Message);
        json.WriteNumber("leftovers", exit.Leftovers);
        json.WriteString("startedAt", exit.StartedAt?.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("endedAt", exit.EndedAt.ToString("O", CultureInfo.InvariantCulture));
    });

    public static ProcessExit? ReadExit(ProcessFiles files) => DurableJson.Read(files.Exit) is { } json
        ? new ProcessExit
        {
            Reason = Enum.Parse<ExitReason>(Text(json, "reason")!),
            ExitCode = (int?)Whole(json, "exitCode"),
            Signal = (int?)Whole(json, "signal"),
            Message = Text(json, "message"),
            Leftovers = (int)(Whole(json, "leftovers") ?? 0),
            StartedAt = Time(json, "startedAt"),
            EndedAt = Time(json, "endedAt") ?? default,
        }
        : null;

    private static void Ticks(Utf8JsonWriter json, string name, TimeSpan? span) => Number(json, name, span?.Ticks);

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static long? Whole(JsonObject json, string name) => json[name]?.GetValue<long>();

    private static TimeSpan? Span(JsonObject json, string name) => Whole(json, name) is { } ticks ? TimeSpan.FromTicks(ticks) : null;

    private static DateTimeOffset? Time(JsonObject json, string name) =>
        Text(json, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
