using Sandbox.Engine.Jobs;

namespace Sandbox.Engine.Runtime;

/// <content>What the loop hears of.</content>
internal sealed partial class InstanceRunner
{
    private void Post(Signal signal) => _signals.Writer.TryWrite(signal);

    /// <summary>What the loop hears of.</summary>
    private sealed record Signal(SignalKind Kind, JobEnd? Job = null, Exception? Exception = null)
    {
        public static readonly Signal Due = new(SignalKind.Due);
        public static readonly Signal Interrupt = new(SignalKind.Interrupt);
        public static readonly Signal Control = new(SignalKind.Control);
        public static readonly Signal LeaseLost = new(SignalKind.LeaseLost);
    }

    private enum SignalKind
    {
        Due,
        Interrupt,
        Control,
        LeaseLost,
        Blind,
        TimedOut,
        JobEnded,
    }
}
