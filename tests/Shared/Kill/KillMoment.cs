namespace Sandbox.Testing.Kill;

/// <summary>When a process is killed: so many lines after it began to tell what it does, and then a while later. A moment
/// right after a line stands beside a commit, a publication or a rename; a long wait stands anywhere.</summary>
/// <param name="Lines">Lines of output to wait for.</param>
/// <param name="Wait">Time to wait then.</param>
internal sealed record KillMoment(int Lines, TimeSpan Wait)
{
    /// <summary>Draws a moment.</summary>
    /// <param name="random">The seeded source.</param>
    /// <param name="span">How long an undisturbed run takes.</param>
    public static KillMoment Next(Random random, TimeSpan span) => random.Next(2) == 0
        ? new KillMoment(0, span * random.NextDouble())
        : new KillMoment(random.Next(1, 12), TimeSpan.FromMilliseconds(random.Next(0, 60)));
}
