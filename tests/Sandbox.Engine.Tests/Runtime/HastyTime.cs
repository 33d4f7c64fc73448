namespace Sandbox.Engine.Tests.Runtime;

/// <summary>The real time, with timers that fire after half their wait, as a coarse clock may make them.</summary>
internal sealed class HastyTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HastyTimer(base.CreateTimer(callback, state, Half(dueTime), period));

    private static TimeSpan Half(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / 2;

    private sealed class HastyTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Half(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
