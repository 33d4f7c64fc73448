namespace Sandbox.Tracking.Sinks.TensorBoard;

/// <summary>TensorBoard's <c>Event</c> messages.</summary>
internal static class TensorBoardEvents
{
    /// <summary>The first record of a file.</summary>
    public static Message Version(double time, string writer) =>
        new Message().Double(1, time).Text(3, "brain.Event:2").Inside(10, new Message().Text(1, writer));

    /// <summary>A scalar; TensorBoard keeps it in single precision.</summary>
    public static Message Scalar(double time, long step, string tag, double value) => new Message()
        .Double(1, time).Number(2, step).Inside(5, new Message().Inside(1, new Message().Text(1, tag).Float(2, Single(value))));

    // The NaN of other programs has no sign.
    private static float Single(double value) => double.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7FC00000) : (float)value;
}
