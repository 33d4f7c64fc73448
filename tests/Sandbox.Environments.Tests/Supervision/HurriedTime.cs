namespace Sandbox.Environments.Tests.Supervision;

/// <summary>A clock on which a minute is over in half a second; waits take their real time.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Haste = 120;

    public override long GetTimestamp() => base.GetTimestamp() * Haste;
}
