using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Activities;

/// <summary>
/// An activity whose work is a job: bookmark and job are committed together with the instance's state, and the
/// activity completes in the commit that records the job's result, by the outcomes that the result names.
/// </summary>
public sealed class JobActivity(JobActivityOptions options) : IActivity
{
    /// <inheritdoc />
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.CreateJob(options with
        {
            MaxAttempts = Attempts(context) ?? options.MaxAttempts,
            Backoff = Span(context, "backoff") ?? options.Backoff,
            Timeout = Span(context, "timeout") ?? options.Timeout,
        });
        return ValueTask.CompletedTask;
    }

    private static int? Attempts(ActivityContext context)
    {
        if (context.GetText("maxAttempts") is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ActivityFault($"maxAttempts of activity {context.Node.Id} is \"{text}\"; it must be a whole number from 1.");
    }

    private static TimeSpan? Span(ActivityContext context, string name)
    {
        if (context.GetText(name) is not { Length: > 0 } text)
        {
            return null;
        }

        return Durations.TryParse(text, out var span)
            ? span
            : throw new ActivityFault($"{name} of activity {context.Node.Id} is \"{text}\", which is no duration. Write 30s, 5m, 12h or hh:mm:ss.");
    }
}
