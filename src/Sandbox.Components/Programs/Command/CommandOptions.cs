using System.Text.Json.Nodes;
using Sandbox.Components.DataConnectors;
using Sandbox.Components.Environments;
using Sandbox.Components.Programs.Outputs;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Logs;

namespace Sandbox.Components.Programs.Command;

/// <summary>Options of <c>type: command</c>.</summary>
internal sealed class CommandOptions : EnvironmentOptions
{
    [Option("command", Required = true, Placeholders = true, Description = "The program and its arguments, a list; nothing of it goes through a shell.")]
    public List<string> Command { get; set; } = [];

    [Option("env", Placeholders = true, Description = "Variables for the program: name and value.")]
    public JsonObject Env { get; set; } = [];

    [Option("cwd", Placeholders = true, Description = "Where the program runs; the current directory without it.")]
    public string? Cwd { get; set; }

    [Option("watch", Description = "Which lines of its output are metrics; without it the format is recognised.")]
    public List<WatchRule> Watch { get; set; } = [];

    [Option("outputs", Placeholders = true, Description = "What the job gives, by name: {path: …}, {glob: …} or {metric: …}.")]
    public JsonObject Outputs { get; set; } = [];

    [Option("limits", Description = "What the program may not exceed: silence (a duration) and memory (as in 16GB).")]
    public LimitOptions? Limits { get; set; }

    [Option("grace", Description = "Time between the signals TERM and KILL when it is ended, as in 10s.")]
    public string Grace { get; set; } = "10s";

    [Option("train_dataset", Path = PathAccess.Read, Description = "Data to learn from, or a list of them; in the program's format it is {{ job.dir }}/train_dataset.FORMAT.")]
    public List<string> TrainDataset { get; set; } = [];

    [Option("eval_dataset", Path = PathAccess.Read, Description = "Data to evaluate on; {{ job.dir }}/eval_dataset.FORMAT.")]
    public List<string> EvalDataset { get; set; } = [];

    [Option("dataset_path", Path = PathAccess.Read, Description = "Data to work on; {{ job.dir }}/dataset_path.FORMAT.")]
    public List<string> DatasetPath { get; set; } = [];

    [Option("data_connector", Description = "Format and keys of the data that the program reads.")]
    public DataConnectorOptions DataConnector { get; set; } = new();

    [Option("key_remapping", Description = "From a key in the data to the key that the program reads.")]
    public JsonObject KeyRemapping { get; set; } = [];

    /// <summary>The data sets that are converted, by the name of their option.</summary>
    public IEnumerable<(string Name, List<string> Paths)> Data =>
        new[] { ("train_dataset", TrainDataset), ("eval_dataset", EvalDataset), ("dataset_path", DatasetPath) }.Where(d => d.Item2.Exists(p => p.Length > 0));

    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        DataConnectorOptions.Remapping(KeyRemapping, fault);
        if (Command is [""])
        {
            fault("command", "option \"command\" must begin with a program.");
        }

        foreach (var text in Command.Concat(Env.Select(e => Core.Context.Placeholders.Text(e.Value))).Concat(Env.Select(e => e.Key)))
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                fault("command", "a command and its variables cannot hold the character NUL.");
            }
        }

        foreach (var (name, value) in Env)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || value is JsonObject or JsonArray)
            {
                fault($"env.{name}", $"option \"env\" maps names (without \"=\") to texts; \"{name}\" does not.");
            }
        }

        OutputSpec.Read(Outputs, (key, message) => fault($"outputs.{key}", message));
        if (Core.Configuration.Durations.Parse(Grace, out _) is { } problem)
        {
            fault("grace", problem);
        }
    }
}

/// <summary>Limits of one program.</summary>
internal sealed class LimitOptions : IValidatableOptions
{
    [Option("silence", Description = "Longest time without output, as in 30m.")]
    public string? Silence { get; set; }

    [Option("memory", Description = "Most memory of the program with all that it starts, as in 16GB.")]
    public string? Memory { get; set; }

    public TimeSpan? SilenceSpan => Silence is not null && Core.Configuration.Durations.Parse(Silence, out var span) is null ? span : null;

    public long? MemoryBytes => Memory is not null && ByteSizes.Parse(Memory, out var bytes) is null ? bytes : null;

    public void Validate(Action<string, string> fault)
    {
        if (Silence is not null && Core.Configuration.Durations.Parse(Silence, out _) is { } silence)
        {
            fault("silence", silence);
        }

        if (Memory is not null && ByteSizes.Parse(Memory, out _) is { } memory)
        {
            fault("memory", memory);
        }
    }
}
