using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Components.Programs;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Plugins.Protocol;

/// <summary>
/// Runs a program that speaks the sandbox's protocol as a supervised process and a durable step: one request, a JSON line, is its
/// standard input; what it says are JSON lines on its standard output. It goes on while the sandbox is stopped and is found again.
/// </summary>
internal sealed class PluginProgram(ProcessSupervision supervision, IReadOnlyList<string> command)
{
    private const string Name = "plugin";
    private const int Version = 1;

    /// <summary>Lets it do one job.</summary>
    /// <param name="what">What is asked for, as the request says it: <c>component</c> or <c>hook</c>.</param>
    /// <param name="options">The bound options.</param>
    /// <param name="recipe">The recipe, or null.</param>
    /// <param name="names">The names of the results; none where it has one without a name.</param>
    /// <param name="context">The job.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HookResult> RunAsync(
        JsonObject what, object options, JsonObject? recipe, IReadOnlyList<string> names, ComponentContext context, CancellationToken cancellationToken)
    {
        var paths = new ProgramPaths(options, context);
        var inside = await JobEnvironment.WrapAsync((EnvironmentOptions)options, command, context, cancellationToken);
        var request = await WriteRequestAsync(what, paths.Options(), recipe, context, cancellationToken);
        var spec = new ProcessSpec
        {
            Command = inside.Command,
            WorkingDirectory = context.Files.FullPath("."),
            Environment = inside.Variables,
            InputFile = request,
        };
        var given = await context.Steps.RunAsync(Name, token => AskAsync(spec, context, token), cancellationToken);
        paths.Adopt();
        return Result(paths.AsConfigured(given), names);
    }

    private async Task<JsonNode?> AskAsync(ProcessSpec spec, ComponentContext context, CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(context.Files.Lasting(Path.Combine("processes", Name, "spec.json")))!;
        try
        {
            await new ProgramRun(supervision, context).RunAsync(Name, spec, new LogWatch([new WatchRule { Format = "sandbox" }]), cancellationToken);
        }
        catch (JobFailedException e) when (ProgramAnswer.Read(directory).Error is { } error)
        {
            throw new JobFailedException(error, e);
        }

        var answer = ProgramAnswer.Read(directory);
        return answer.Error is { } problem ? throw new JobFailedException(problem)
            : answer.HasResult ? answer.Result
            : throw new JobFailedException($"{Path.GetFileName(command[0])} ended without a result: it must print a line {{\"result\": …}}.");
    }

    // Written once for an attempt: a process that is found again was asked with it.
    private static async Task<string> WriteRequestAsync(
        JsonObject what, JsonObject options, JsonObject? recipe, ComponentContext context, CancellationToken cancellationToken)
    {
        var file = context.Files.Lasting(Path.Combine(Name, "request.jsonl"));
        var job = context.Job;
        var request = new JsonObject
        {
            ["protocol"] = Version,
            [what.First().Key] = what.First().Value?.DeepClone(),
            ["options"] = options,
            ["dj_configs"] = recipe?.DeepClone(),
            ["directory"] = Path.GetDirectoryName(context.Files.Lasting(Path.Combine(Name, "work", "x"))),
            ["job"] = new JsonObject
            {
                ["run"] = job.RunId, ["pipeline"] = job.Pipeline, ["stage"] = job.Stage.ShortName, ["index"] = job.Index,
                ["meta_name"] = job.MetaName, ["iteration"] = job.Iteration, ["attempt"] = job.Attempt,
            },
        };
        if (!File.Exists(file))
        {
            await WholeFile.WriteTextAsync(file, request.ToJsonString() + "\n", cancellationToken);
        }

        return file;
    }

    private static HookResult Result(JsonNode? given, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return HookResult.One(given);
        }

        var named = given as JsonObject ?? throw new JobFailedException($"The program's result must be a mapping of {string.Join(", ", names)}.");
        return names.FirstOrDefault(n => !named.ContainsKey(n)) is { } missing
            ? throw new JobFailedException($"The program's result lacks \"{missing}\".{Suggestion.For(missing, named.Select(n => n.Key))}")
            : new HookResult([.. names.Select(n => named[n]?.DeepClone())]) { Names = names };
    }
}
