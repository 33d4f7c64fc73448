using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Triggers;

namespace Sandbox.Engine.Activities;

/// <summary>An activity that starts a workflow, or waits where it stands in the middle of one.</summary>
internal abstract class TriggerActivity : IResumableActivity
{
    public async ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        if (context.TakeTrigger(out var input))
        {
            await ResumeAsync(context, input, cancellationToken);
        }
        else
        {
            Wait(context);
        }
    }

    public virtual ValueTask ResumeAsync(ActivityContext context, JsonNode? input, CancellationToken cancellationToken)
    {
        context.Complete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for the stimulus.</summary>
    protected abstract void Wait(ActivityContext context);

    protected static void WaitUntil(ActivityContext context, DateTimeOffset due) =>
        context.CreateBookmark(payload: new JsonObject { ["resumeAt"] = due.ToString("O") }, dueAt: due);
}

/// <summary>A request to a path below <c>/workflows</c>.</summary>
internal sealed class HttpEndpoint : TriggerActivity
{
    public const string TypeName = "Elsa.HttpEndpoint";

    // What a request is matched with while it waits, as an input of the activity is where it starts a workflow.
    private static readonly string[] Settings = ["SupportedMethods", "Mode", "Authorize"];

    public override ValueTask ResumeAsync(ActivityContext context, JsonNode? input, CancellationToken cancellationToken)
    {
        var request = input as JsonObject ?? [];
        context.SetOutput("ParsedContent", request["body"]?.DeepClone());
        context.SetOutput("RouteData", request["route"]?.DeepClone());
        context.SetOutput("QueryStringData", request["query"]?.DeepClone());
        context.SetOutput("Headers", request["headers"]?.DeepClone());
        context.Complete();
        return ValueTask.CompletedTask;
    }

    protected override void Wait(ActivityContext context)
    {
        var payload = HttpStimulus.Of(context.GetText("Path") ?? throw new ActivityFault($"Activity {context.Node.Id} does not say its path."));
        foreach (var name in Settings)
        {
            payload[name] = context.GetInput(name)?.DeepClone();
        }

        context.CreateBookmark(payload: payload);
    }
}

/// <summary>Answers the request that started or resumed the workflow, while it waits for the answer.</summary>
internal sealed class WriteHttpResponse : IActivity
{
    public const string TypeName = "Elsa.WriteHttpResponse";

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        // The answer is part of the state: whoever holds the request sends it, be it another process.
        var text = context.GetText("StatusCode") ?? "200";
        var status = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 200 and < 600
            ? number
            : throw new ActivityFault($"statusCode of activity {context.Node.Id} is \"{text}\"; it must be a number from 200 to 599.");
        context.SetOutput("StatusCode", status);
        context.SetOutput("Content", context.GetInput("Content")?.DeepClone());
        context.SetOutput("ContentType", context.GetText("ContentType"));
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A time that comes again and again.</summary>
internal sealed class TimerTrigger : TriggerActivity
{
    public const string TypeName = "Elsa.Timer";

    protected override void Wait(ActivityContext context) =>
        WaitUntil(context, Schedule.Parse(TypeName, context.GetText).Next(context.Now) ?? context.Now);
}

/// <summary>Times that a cron expression names.</summary>
internal sealed class CronTrigger : TriggerActivity
{
    public const string TypeName = "Elsa.Cron";

    protected override void Wait(ActivityContext context) => WaitUntil(
        context,
        Schedule.Parse(TypeName, context.GetText).Next(context.Now)
            ?? throw new ActivityFault($"The cron expression of activity {context.Node.Id} names no time that is to come."));
}

/// <summary>One time.</summary>
internal sealed class StartAt : TriggerActivity
{
    public const string TypeName = "Elsa.StartAt";

    protected override void Wait(ActivityContext context) =>
        WaitUntil(context, Schedule.Parse(TypeName, context.GetText).Next(context.Now - TimeSpan.FromDays(36500)) ?? context.Now);
}
