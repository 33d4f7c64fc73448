using System.Globalization;
using Cronos;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Triggers;

/// <summary>What happens to times that nobody was there for.</summary>
public enum MissedTimes
{
    /// <summary>They are passed over.</summary>
    Skip,

    /// <summary>One run makes up for all of them.</summary>
    Once,

    /// <summary>Each gets its run, oldest first.</summary>
    All,
}

/// <summary>When a trigger is due.</summary>
public sealed class Schedule
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> _next;

    private Schedule(MissedTimes missed, Func<DateTimeOffset, DateTimeOffset?> next) => (Missed, _next) = (missed, next);

    /// <summary>What happens to times that nobody was there for.</summary>
    public MissedTimes Missed { get; }

    /// <summary>The first time after another one; null where there is none. Of a timer, the time is counted from that one.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _next(after);

    /// <summary>Whether a type of activity has a schedule.</summary>
    public static bool Has(string activityType) => activityType is TimerTrigger.TypeName or CronTrigger.TypeName or StartAt.TypeName;

    /// <summary>Reads the inputs of a trigger.</summary>
    /// <param name="activityType">The type of trigger.</param>
    /// <param name="input">An input as text, by its name.</param>
    /// <exception cref="ActivityFault">An input makes no sense.</exception>
    public static Schedule Parse(string activityType, Func<string, string?> input)
    {
        var missed = Policy(input("Missed"));
        return activityType switch
        {
            TimerTrigger.TypeName => Timer(input("Interval"), missed),
            CronTrigger.TypeName => Cron(input("CronExpression"), input("Timezone"), missed),
            _ => Once(input("DateTime"), missed),
        };
    }

    private static Schedule Timer(string? text, MissedTimes missed) =>
        Durations.TryParse(text, out var interval) && interval >= TimeSpan.FromSeconds(1)
            ? new Schedule(missed, after => after + interval)
            : throw new ActivityFault($"The interval \"{text}\" is none of a second or more. Write 00:05:00, or 5m.");

    private static Schedule Cron(string? text, string? zoneName, MissedTimes missed)
    {
        var zone = Zone(zoneName);
        try
        {
            var fields = (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            var cron = CronExpression.Parse(text ?? string.Empty, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
            return new Schedule(missed, after => cron.GetNextOccurrence(after, zone));
        }
        catch (CronFormatException e)
        {
            throw new ActivityFault($"\"{text}\" is no cron expression of five fields, or six with seconds: {e.Message}");
        }
    }

    private static Schedule Once(string? text, MissedTimes missed) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Schedule(missed, after => after < time ? time : null)
            : throw new ActivityFault($"\"{text}\" is no date and time. Write 2030-01-31T08:00:00Z.");

    private static TimeZoneInfo Zone(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new ActivityFault($"There is no time zone \"{name}\". Write a name such as Europe/Berlin, or UTC.");
    }

    private static MissedTimes Policy(string? text) => string.IsNullOrEmpty(text)
        ? MissedTimes.Once
        : Enum.TryParse<MissedTimes>(text, ignoreCase: true, out var policy) && Enum.IsDefined(policy)
            ? policy
            : throw new ActivityFault($"missed is \"{text}\"; it must be skip, once or all.");
}
