using System.Text.Json.Nodes;
using Sandbox.Components;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Hosting;
using Sandbox.Engine.Jobs;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Activities;

/// <summary>The activity types of the sandbox: one for each hook, and those of the iteration.</summary>
internal static class SandboxActivities
{
    /// <summary>All of them, for the engine's registry.</summary>
    public static IEnumerable<ActivityRegistration> All(SandboxOffer offer) =>
    [
        .. offer.Hooks.Descriptors.Select(hook => Job(Describe(hook, offer), HookJobHandler.HandlerKind)),
        Job(CheckTargets, TargetsJobHandler.HandlerKind),
        Job(NextIteration, IterationJobHandler.HandlerKind),
        Job(Sweep, SweepJobHandler.HandlerKind),
    ];

    private static ActivityRegistration Job(ActivityDescriptor descriptor, string handlerKind) =>
        new(descriptor, () => new JobActivity(new JobActivityOptions { HandlerKind = handlerKind }));

    private static ActivityDescriptor CheckTargets => new()
    {
        TypeName = ActivityNames.CheckTargets,
        Category = "Iteration",
        DisplayName = "Check Targets",
        Description = "Compares results of this iteration with targets and branches on the answer.",
        Inputs =
        [
            Yaml("Targets", "A list of <pipeline>.<meta_name>.<output> [>|>=|<|<=|==] number.", 0),
            new InputDescriptor("Mode") { Description = "all targets must be met, or any.", DefaultValue = "all", Order = 1 },
        ],
        Ports = [new PortDescriptor(ActivityNames.Met), new PortDescriptor(ActivityNames.NotMet)],
    };

    private static ActivityDescriptor NextIteration => new()
    {
        TypeName = ActivityNames.NextIteration,
        Category = "Iteration",
        DisplayName = "Next Iteration",
        Description = "Counts the iterations and takes results of this one into the configs of the next.",
        Inputs =
        [
            new InputDescriptor("MaxIterations", "Int32") { Description = "At most so many; 0 for no limit.", DefaultValue = 1 },
            Yaml("Updater", "From <pipeline>.<meta_name>.<output> to <pipeline>.<meta_name>.<config>.<key>.", 1),
        ],
        Outputs =
        [
            new OutputDescriptor("Iteration", "Int32") { Description = "The iteration that comes." },
            new OutputDescriptor("Updates") { Description = "What it changes in the jobs' configs." },
        ],
        Ports = [new PortDescriptor(ActivityNames.Again), new PortDescriptor(ActivityNames.Finished)],
    };

    private static ActivityDescriptor Sweep => new()
    {
        TypeName = ActivityNames.Sweep,
        Category = "Sweep",
        DisplayName = "Sweep",
        Description = "Tries the sandbox with parameters of a search; each trial is a workflow instance of its own.",
        Kind = ActivityKind.Task,
        Inputs = [Yaml("Sweep", "method, metric, parameters …, in W&B's format.", 0)],
        Outputs =
        [
            new OutputDescriptor("Best", "Int32") { Description = "Number of the best trial." },
            new OutputDescriptor("Parameters") { Description = "Its parameters." },
            new OutputDescriptor("Front") { Description = "Numbers of the trials that none beats in all metrics." },
            new OutputDescriptor("Files") { Description = "The best trial's config and recipes, ready to run." },
        ],
    };

    private static ActivityDescriptor Describe(HookDescriptor hook, SandboxOffer offer) => new()
    {
        TypeName = ActivityNames.OfHook(hook.Name),
        Category = Category(hook.Stages.Count > 0 ? hook.Stages[0] : Stage.Execute, offer.Stages),
        DisplayName = hook.Name,
        Description = hook.Summary,
        Kind = ActivityKind.Task,
        Inputs =
        [
            new InputDescriptor("MetaName") { DisplayName = "Meta name", Description = "The name that look-ups use.", Order = 0 },
            Yaml("DjConfigs", "The Data-Juicer recipe: YAML, or a path.", 1),
            .. Type(hook, offer.Components),
            Yaml("ExtraConfigs", "The options of the component: YAML, or a path.", 2),
            Yaml("Input", "Key to update: key in the context infos.", 3),
            Yaml("Output", "Names of the results.", 4),
            Yaml("Local", "Key to update: value.", 5),
            new InputDescriptor("MaxAttempts", "Int32") { Description = "Attempts in all.", DefaultValue = 1, Order = 6 },
            new InputDescriptor("Backoff") { Description = "Pause before the second attempt, as in 10s.", Order = 7 },
            new InputDescriptor("Timeout") { Description = "How long one attempt may take, as in 12h.", Order = 8 },
            Yaml("Resources", "Slots that an attempt needs, as in gpus: 1.", 9),
            Yaml("Limits", "silence and memory of the job's program, as in memory: 16GB.", 10),
        ],
        Outputs = [new OutputDescriptor("Result") { Description = "The job's results by name." }],
        CustomProperties = new JsonObject { ["sandbox:hook"] = hook.Name },
    };

    private static InputDescriptor Yaml(string name, string description, float order) => new(name)
    {
        Description = description,
        UiHint = "code-editor",
        UiSpecifications = new JsonObject { ["code-editor"] = new JsonObject { ["language"] = "yaml" } },
        Order = order,
    };

    // What an editor lets choose; a hook without a factory is its own component.
    private static IEnumerable<InputDescriptor> Type(HookDescriptor hook, ComponentRegistry components)
    {
        var types = hook.Factory is null ? [] : components.Of(hook.Factory);
        if (types.Count > 0)
        {
            yield return new InputDescriptor("ComponentType")
            {
                DisplayName = "Type",
                Description = "The component, as its type in the options says unless one is chosen here. " + string.Join(" ", types.Select(t => $"{t.Type}: {t.Summary}")),
                UiHint = "dropdown",
                UiSpecifications = new JsonObject
                {
                    ["dropdown"] = new JsonObject
                    {
                        ["selectList"] = new JsonObject
                        {
                            ["items"] = new JsonArray(
                                [Item("as the options say", string.Empty), .. types.Select(t => Item(t.Type, t.Type))]),
                            ["isFlagsEnum"] = false,
                        },
                    },
                },
                Order = 1.5f,
            };
        }
    }

    private static JsonObject Item(string text, string value) => new() { ["text"] = text, ["value"] = value };

    // Numbered, so that the toolbox has them in the order in which they run.
    private static string Category(Stage stage, IReadOnlyList<Stage> stages) =>
        FormattableString.Invariant($"{stages.ToList().IndexOf(stage) + 1} {stage.Title}");
}
