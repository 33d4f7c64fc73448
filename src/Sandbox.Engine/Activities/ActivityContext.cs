using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>One execution of an activity, as its behaviour sees it. What is done here becomes durable together, in the
/// commit that ends the burst.</summary>
public sealed class ActivityContext
{
    private readonly WorkflowExecution _workflow;
    private readonly ActivityExecution _execution;

    internal ActivityContext(WorkflowExecution workflow, ActivityExecution execution)
    {
        _workflow = workflow;
        _execution = execution;
    }

    /// <summary>The workflow instance.</summary>
    public string InstanceId => _workflow.Instance.Id;

    /// <summary>This execution: 16 hex digits.</summary>
    public string ActivityInstanceId => _execution.Id;

    /// <summary>The activity in the definition.</summary>
    public ActivityGraphNode Node => _execution.Node;

    /// <summary>What the activity keeps between its calls; stored with the instance.</summary>
    public JsonObject Properties
    {
        get
        {
            _workflow.Touch(_execution);
            return _execution.Properties;
        }
    }

    /// <summary>The current time of the engine's clock.</summary>
    public DateTimeOffset Now => _workflow.Now;

    /// <summary>All inputs, evaluated, under their camel-case names.</summary>
    public JsonObject Inputs => _execution.Inputs;

    /// <summary>Executions of children that have not ended, oldest first.</summary>
    internal IReadOnlyCollection<ActivityExecution> ActiveChildren => _execution.Children;

    /// <summary>An input, evaluated when the execution began; null where it is not given.</summary>
    public JsonNode? GetInput(string name) => _execution.Inputs[ActivityNames.Camel(name)];

    /// <summary>An input converted to text; null where it is not given.</summary>
    public string? GetText(string name) => InputValues.Text(GetInput(name));

    /// <summary>An input evaluated again now, as loops need it.</summary>
    public JsonNode? EvaluateInput(string name) => _workflow.EvaluateInput(_execution, name);

    /// <summary>Gives an output; where it is bound, the variable or workflow output is set.</summary>
    public void SetOutput(string name, JsonNode? value) => _workflow.SetOutput(_execution, name, value);

    /// <summary>Sets a variable in scope.</summary>
    /// <exception cref="ActivityFault">No variable of that id is in scope.</exception>
    public void SetVariable(string variableId, JsonNode? value) => _workflow.SetVariable(_execution, variableId, value);

    /// <summary>The variables in scope by name; nearer ones hide farther ones.</summary>
    public JsonObject Variables() => VariableScope.All(_execution);

    /// <summary>The activity that a stimulus started the workflow with; null where it was started by hand.</summary>
    internal string? TriggerActivityId => _workflow.TriggerActivityId;

    /// <summary>Whether the workflow was started by this very activity, which happens once; then what came with it.</summary>
    internal bool TakeTrigger(out JsonNode? input) => _workflow.TakeTrigger(_execution, out input);

    /// <summary>Schedules a child; its completion comes to <see cref="IParentActivity.ChildCompletedAsync"/>.</summary>
    /// <param name="child">An activity inside this one.</param>
    /// <param name="variables">Variables of this one execution, by name.</param>
    public void Schedule(ActivityGraphNode child, JsonObject? variables = null) =>
        _workflow.Schedule(_execution, child, variables);

    /// <summary>Waits for a stimulus.</summary>
    /// <param name="name">The stimulus; by default the activity's type name.</param>
    /// <param name="payload">What the stimulus must match.</param>
    /// <param name="dueAt">When the bookmark resumes by itself, or null.</param>
    public void CreateBookmark(string? name = null, JsonObject? payload = null, DateTimeOffset? dueAt = null) =>
        _workflow.CreateBookmark(_execution, name ?? Node.Type, payload, dueAt);

    /// <summary>Puts a job into the queue; its result completes the activity.</summary>
    public void CreateJob(JobActivityOptions options) => _workflow.CreateJob(_execution, options);

    /// <summary>Ends the execution by the outcomes given (none: <c>Done</c>); children and bookmarks end with it.</summary>
    public void Complete(params IReadOnlyList<string> outcomes) => _workflow.Complete(_execution, outcomes);

    /// <summary>Ends the whole workflow as finished.</summary>
    public void FinishWorkflow() => _workflow.Finish(_execution);

    /// <summary>Cancels a child and all inside it.</summary>
    internal void Cancel(ActivityExecution child) => _workflow.Cancel(child);
}
