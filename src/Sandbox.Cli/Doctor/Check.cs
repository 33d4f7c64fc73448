namespace Sandbox.Cli.Doctor;

/// <summary>How one need is met.</summary>
internal enum CheckStatus
{
    /// <summary>It is there.</summary>
    Ok,

    /// <summary>The run may go well, but look at it.</summary>
    Warning,

    /// <summary>A job will fail without it.</summary>
    Missing,
}

/// <summary>One thing that a config needs.</summary>
/// <param name="Kind">What it is: program, environment, model, gpu, disk or host.</param>
/// <param name="Name">Which.</param>
/// <param name="Status">Whether it is there.</param>
/// <param name="Detail">What was found, and how to mend it.</param>
/// <param name="Jobs">The jobs that need it.</param>
internal sealed record Check(string Kind, string Name, CheckStatus Status, string Detail, IReadOnlyList<string> Jobs);
